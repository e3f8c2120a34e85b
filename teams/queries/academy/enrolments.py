"""Enrolments as pages need them: the learner's own, and those that others follow."""

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from teams.models import Enrolment, LearningPath, Mentorship, Person
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.mentoring import MentorshipState

# The open one first, then what was finished; a walk that was given up comes last.
ORDER = Case(
    When(state=EnrolmentState.ACTIVE, then=Value(0)),
    When(state=EnrolmentState.WAITING, then=Value(1)),
    When(state=EnrolmentState.CERTIFIED, then=Value(2)),
    default=Value(3),
)


def with_mentor(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With `mentor_pk` and `mentor_name` of who mentors now; None where nobody does."""
    now = Mentorship.objects.filter(enrolment=OuterRef("pk"), state=MentorshipState.ACTIVE)
    return rows.annotate(
        mentor_pk=Subquery(now.values("mentor")[:1]),
        mentor_name=Subquery(now.values("mentor__name")[:1]),
    )


def own(person: Person) -> list[Enrolment]:
    """All of the person's enrolments, what runs now on top; one query."""
    rows = with_mentor(Enrolment.objects.filter(person=person))
    rows = rows.select_related("path", "cohort", "manager")
    return list(rows.order_by(ORDER, "-enrolled_on", "-pk")[:20])


def followed(person: Person) -> list[Enrolment]:
    """Those on a path whom the person manages or mentors; one query."""
    rows = with_mentor(Enrolment.objects.filter(state=EnrolmentState.ACTIVE))
    mentored = Mentorship.objects.filter(mentor=person, state=MentorshipState.ACTIVE)
    rows = rows.filter(manager=person) | rows.filter(pk__in=mentored.values("enrolment"))
    return list(rows.select_related("person", "path", "cohort").order_by("person__name", "pk")[:50])


def current_paths() -> QuerySet[LearningPath]:
    """The paths that one may enrol on today."""
    return LearningPath.objects.filter(is_current=True).order_by("code")
