"""Item pools out of files: a changed item is a new row, one that is gone is asked no more."""

from collections.abc import Iterable, Sequence

from django.db.models import Max
from django.utils import timezone

from teams.calculations.academy.papers import Paper
from teams.models import Competency, ItemPool, LearningModule, ModuleItem

CONTENT = ("options", "steps", "answer", "tolerance", "unit", "formula")


def put_pools(papers: Sequence[Paper]) -> None:
    modules = dict(LearningModule.objects.values_list("code", "pk"))
    ItemPool.objects.bulk_create(
        [
            ItemPool(
                module_id=modules[paper.data["module"]],
                version=paper.data["version"],
                draw=paper.data["blueprint"]["draw"],
                cut_percent=paper.data["blueprint"]["cut_percent"],
                wait_hours=paper.data["blueprint"]["wait_hours"],
                cells=paper.data["blueprint"]["cells"],
                source=paper.source,
            )
            for paper in papers
        ],
        update_conflicts=True,
        unique_fields=["module"],
        update_fields=["version", "draw", "cut_percent", "wait_hours", "cells", "source"],
    )
    said = {
        item["code"]: (modules[paper.data["module"]], item)
        for paper in papers
        for item in paper.data["items"]
    }
    _put_items([modules[paper.data["module"]] for paper in papers], said)


def _put_items(modules: Iterable[int], said: dict[str, tuple[int, dict]]) -> None:
    competencies = dict(Competency.objects.values_list("code", "pk"))
    asked = ModuleItem.objects.filter(module__in=modules, retired_at=None)
    present = {item.code: item for item in asked}
    numbers = dict(
        ModuleItem.objects.filter(code__in=said)
        .order_by()
        .values_list("code")
        .annotate(Max("number"))
    )
    wanted = {
        code: ModuleItem(
            module_id=module,
            code=code,
            number=numbers.get(code, 0) + 1,
            kind=item["kind"],
            objective=item["objective"],
            competency_id=competencies[item["competency"]],
            difficulty=item["difficulty"],
            stem=item["stem"],
            content={key: item[key] for key in CONTENT if key in item},
            explanation=item["explanation"],
        )
        for code, (module, item) in said.items()
    }
    changed = {code for code, item in wanted.items() if _said(present.get(code)) != _said(item)}
    gone = [item.pk for code, item in present.items() if code not in wanted or code in changed]
    ModuleItem.objects.filter(pk__in=gone).update(retired_at=timezone.now())
    ModuleItem.objects.bulk_create(wanted[code] for code in wanted if code in changed)


def _said(item: ModuleItem | None) -> tuple | None:
    """All that a learner meets of an item."""
    return item and (
        item.module_id,
        item.kind,
        item.objective,
        item.competency_id,
        item.difficulty,
        item.stem,
        item.content,
        item.explanation,
    )
