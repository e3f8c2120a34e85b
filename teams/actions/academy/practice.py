"""What somebody did with a mentor beside them becomes evidence of their learning."""

from datetime import date

from django.db import transaction

from teams.actions.academy import progress
from teams.models import Enrolment, PathElement, Person, PracticeEvidence
from teams.models.academy.enrolments import EnrolmentState, ResultState
from teams.models.academy.paths import ElementKind

GATE_RUBRIC = "RB-GATE"


@transaction.atomic
def record(
    person: Person,
    *,
    mentor: Person,
    act: str,
    key: str,
    title: str,
    link: str,
    on: date,
    note: str,
) -> PracticeEvidence:
    """Keep what the mentor saw; the assignment to lead a gate counts as begun by it.

    Told twice, it stays as it was told first.
    """
    row, _made = PracticeEvidence.objects.get_or_create(
        person=person,
        act=act,
        key=key,
        defaults={
            "mentor": mentor,
            "title": title[:200],
            "link": link,
            "done_on": on,
            "note": note,
        },
    )
    for enrolment in Enrolment.objects.filter(person=person, state=EnrolmentState.ACTIVE):
        elements = PathElement.objects.filter(
            stage__path=enrolment.path_id, kind=ElementKind.ASSIGNMENT, rubric__code=GATE_RUBRIC
        )
        for element in elements:
            progress.report(enrolment, element, state=ResultState.STARTED, on=on)
    return row
