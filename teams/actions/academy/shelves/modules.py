"""Modules and their texts out of files."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils import timezone

from ipd.kernel.days import today
from teams.calculations.academy.papers import Paper
from teams.models import LearningModule, ModuleText
from teams.models.academy.modules import CORE_LANGUAGE, TextState

FRONT = ("objectives", "sections", "competencies", "prerequisites")


def put_modules(papers: Sequence[Paper]) -> None:
    """A new text of the core in force for each; a module that came in counts as reviewed."""
    LearningModule.objects.bulk_create(
        [
            LearningModule(
                code=paper.data["code"],
                is_compulsory=paper.data["compulsory"],
                review_months=paper.data["review_months"],
                reviewed_on=today(),
                order=paper.order,
                retired_on=None,
            )
            for paper in papers
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["is_compulsory", "review_months", "reviewed_on", "order", "retired_on"],
    )
    _put_texts(papers, CORE_LANGUAGE)


def put_variants(papers: Sequence[Paper]) -> None:
    _put_texts(papers)


def _put_texts(papers: Sequence[Paper], language: str = "") -> None:
    """The text in force until now is superseded; numbers go on."""
    modules = dict(LearningModule.objects.values_list("code", "pk"))
    wanted = [(modules[p.data["code"]], language or p.data["language"], p) for p in papers]
    texts = ModuleText.objects.filter(module__in={module for module, *_rest in wanted})
    counted = texts.values_list("module", "language").annotate(Max("number"))
    numbers = {(module, tongue): number for module, tongue, number in counted.order_by()}
    superseded = [
        pk
        for pk, module, tongue in texts.filter(state=TextState.APPROVED).values_list(
            "pk", "module", "language"
        )
        if (module, tongue) in {(m, t) for m, t, _paper in wanted}
    ]
    ModuleText.objects.filter(pk__in=superseded).update(state=TextState.SUPERSEDED)
    ModuleText.objects.bulk_create(
        text_of(
            paper,
            module=module,
            language=tongue,
            number=numbers.get((module, tongue), 0) + 1,
            state=TextState.APPROVED,
            in_force_at=timezone.now(),
        )
        for module, tongue, paper in wanted
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
