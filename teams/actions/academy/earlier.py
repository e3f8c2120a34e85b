"""What somebody read and passed before they were on a path counts there, too."""

from django.db.models import F
from django.utils import timezone

from teams.actions.academy import progress
from teams.models import Attempt, Enrolment, ModuleText, PathElement, ReadingPlace
from teams.models.academy.enrolments import ResultState
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.models.academy.paths import ElementKind


def count(enrolment: Enrolment) -> None:
    """Report modules read in the version in force and assessments passed, for an enrolment that
    has just begun: nobody passes twice."""
    found = {
        ElementKind.MODULE: _read(enrolment),
        ElementKind.ASSESSMENT: _passed(enrolment),
    }
    elements = PathElement.objects.filter(stage__path=enrolment.path_id, kind__in=found)
    for element in elements.order_by("pk") if any(found.values()) else ():
        for code, (at, score) in found[element.kind].items():
            if code in element.refs:
                progress.report(
                    enrolment,
                    element,
                    ref=code,
                    state=ResultState.DONE,
                    score=score,
                    on=timezone.localdate(at),
                )


def _read(enrolment: Enrolment) -> dict:
    texts = ModuleText.objects.filter(state=TextState.APPROVED, language=CORE_LANGUAGE)
    places = ReadingPlace.objects.filter(
        person=enrolment.person_id, read_at__isnull=False, module__texts__in=texts
    ).filter(version=F("module__texts__version"))
    return {code: (at, None) for code, at in places.values_list("module__code", "read_at")}


def _passed(enrolment: Enrolment) -> dict:
    rows = Attempt.objects.filter(person=enrolment.person_id, passed=True).order_by("submitted_at")
    values = rows.values_list("module__code", "submitted_at", "score")
    return {code: (at, score) for code, at, score in values}
