"""What is taught today: each module in a reader's language, and what lists say of it."""

from dataclasses import dataclass

from teams.calculations.academy.lessons import chain
from teams.models import LearningModule, ModuleText
from teams.models.academy.modules import CORE_LANGUAGE


@dataclass(frozen=True)
class ModuleCard:
    """What lists say of a module, in the words of its core."""

    code: str
    title: str
    minutes: int
    competencies: list[str]


def cards() -> dict[str, ModuleCard]:
    """A card of each module that is taught, by code; one query."""
    rows = ModuleText.objects.in_force().filter(language=CORE_LANGUAGE)
    values = rows.order_by("module__order", "module__code").values_list(
        "module__code", "title", "minutes", "front__competencies"
    )
    return {
        code: ModuleCard(code, title, minutes, competencies or [])
        for code, title, minutes, competencies in values
    }


def modules_in_force(language: str = CORE_LANGUAGE) -> list[LearningModule]:
    """The modules that are taught, each with `core`, its text, and `layer`: the nearest local
    text of the reader's language, None where there is none. Two queries."""
    tongues = chain(language)
    texts = ModuleText.objects.in_force().filter(language__in=tongues)
    found = {(text.module_id, text.language): text for text in texts.defer("source")}
    modules = []
    for module in LearningModule.objects.taught().select_related("owner"):
        module.core = found.get((module.pk, CORE_LANGUAGE))
        local = (found.get((module.pk, tongue)) for tongue in tongues if tongue != CORE_LANGUAGE)
        module.layer = next(filter(None, local), None)
        if module.core is not None:
            modules.append(module)
    return modules
