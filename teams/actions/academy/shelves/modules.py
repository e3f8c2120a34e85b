"""Modules and their texts out of files."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone

from ipd.kernel.days import today
from teams.calculations.academy.papers import Paper
from teams.models import LearningModule, ModuleText
from teams.models.academy.modules import TextState

FRONT = ("objectives", "sections", "competencies", "prerequisites")


def put_modules(papers: Sequence[Paper]) -> None:
    """A new text of the core in force for each; a module that came in counts as reviewed.

    One that says it is retired is taught no more, from the day on which it first said so.
    """
    since = dict(LearningModule.objects.exclude(retired_on=None).values_list("code", "retired_on"))
    LearningModule.objects.bulk_create(
        [
            LearningModule(
                code=paper.data["code"],
                is_compulsory=paper.data["compulsory"],
                review_months=paper.data["review_months"],
                reviewed_on=today(),
                order=paper.order,
                retired_on=since.get(paper.data["code"], today()) if paper.is_retired else None,
            )
            for paper in papers
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["is_compulsory", "review_months", "reviewed_on", "order", "retired_on"],
    )
    put_texts(papers)


def put_texts(papers: Sequence[Paper]) -> None:
    """A text in force for each core or layer; the one until now is superseded, numbers go on."""
    modules = dict(LearningModule.objects.values_list("code", "pk"))
    wanted = {(modules[paper.data["code"]], paper.data["language"]): paper for paper in papers}
    texts = ModuleText.objects.filter(module__in={module for module, _language in wanted})
    counted = texts.values_list("module", "language").annotate(Max("number"))
    numbers = {(module, language): number for module, language, number in counted.order_by()}
    in_force = texts.filter(state=TextState.APPROVED).values_list("pk", "module", "language")
    superseded = [pk for pk, *place in in_force if tuple(place) in wanted]
    ModuleText.objects.filter(pk__in=superseded).update(state=TextState.SUPERSEDED)
    ModuleText.objects.bulk_create(
        text_of(
            paper,
            module=module,
            language=language,
            number=numbers.get((module, language), 0) + 1,
            state=TextState.APPROVED,
            in_force_at=timezone.now(),
        )
        for (module, language), paper in wanted.items()
    )


def text_of(paper: Paper, *, module: int, **fields) -> ModuleText:
    """A text of the module that says what the file says, not saved."""
    base = paper.data.get("base_version", "")
    return ModuleText(
        module_id=module,
        version=paper.data.get("version", base),
        base_version=base,
        title=paper.data["title"],
        minutes=paper.data.get("minutes", 0),
        front={key: paper.data[key] for key in FRONT if key in paper.data},
        source=paper.source,
        **fields,
    )
