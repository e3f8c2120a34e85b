"""Who reads a reflection: whoever wrote it, and those they shared it with by name. Nobody else:
no manager, no lead of the academy, no administrator."""

from django.db.models import Q, QuerySet

from teams.models import (
    AssignmentAssessor,
    Enrolment,
    Mentorship,
    Person,
    Reflection,
    ReflectionShare,
    Rotation,
)
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.reflections import ReflectionState, ShareRole
from teams.models.academy.rotations import RotationState
from teams.permissions.assignments import boards_of

ACCEPTS = [ShareRole.MENTOR, ShareRole.HOST]


def visible_reflections(person: Person) -> QuerySet[Reflection]:
    """One's own; of others, finished ones that they shared with the person."""
    shared = ReflectionShare.objects.filter(person=person).values("reflection")
    finished = Q(pk__in=shared, state=ReflectionState.FINISHED)
    return Reflection.objects.filter(Q(person=person) | finished)


def enrolments_beside(person: Person, learner: Person, role: ShareRole) -> QuerySet[Enrolment]:
    """Open paths of the learner on which the person has the role now."""
    rows = Enrolment.objects.filter(person=learner, state=EnrolmentState.ACTIVE)
    if role == ShareRole.MENTOR:
        pairs = Mentorship.objects.active().filter(mentor=person)
        return rows.filter(pk__in=pairs.values("enrolment"))
    if role == ShareRole.HOST:
        hosted = Rotation.objects.filter(host=person).exclude(state=RotationState.CANCELLED)
        return rows.filter(pk__in=hosted.values("enrolment"))
    asked = AssignmentAssessor.objects.filter(person=person).values("assignment__enrolment")
    return rows.filter(Q(pk__in=asked) | Q(pk__in=boards_of(person)))
