"""What the curriculum says today: the path in force, the modules in a reader's language."""

from teams.calculations.academy.lessons import chain
from teams.models import LearningModule, LearningPath, ModuleText
from teams.models.academy.modules import CORE_LANGUAGE, TextState

LPDT = "LPDT-1"


def current_path(code: str = LPDT) -> LearningPath | None:
    """The version of the path on which people begin today."""
    return LearningPath.objects.filter(code=code, is_current=True).first()


def modules_in_force(language: str = CORE_LANGUAGE) -> list[LearningModule]:
    """The modules that are taught, each with `core`, its text, and `layer`: the nearest local
    text of the reader's language, None where there is none. Two queries."""
    tongues = chain(language)
    texts = ModuleText.objects.filter(state=TextState.APPROVED, language__in=tongues)
    found = {(text.module_id, text.language): text for text in texts.defer("source")}
    modules = []
    for module in LearningModule.objects.filter(retired_on=None).select_related("owner"):
        module.core = found.get((module.pk, CORE_LANGUAGE))
        local = (found.get((module.pk, tongue)) for tongue in tongues if tongue != CORE_LANGUAGE)
        module.layer = next(filter(None, local), None)
        if module.core is not None:
            modules.append(module)
    return modules
