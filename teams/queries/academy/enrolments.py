"""Enrolments as pages need them: the learner's own, and those that others follow."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from teams.models import Certificate, Enrolment, LearningPath, Mentorship, Person
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


MOST = 50


@dataclass(frozen=True)
class Mine:
    """The person's own enrolments, what runs now on top, and those on a path they manage."""

    own: list[Enrolment]
    managed: list[Enrolment]

    @property
    def first(self) -> Enrolment | None:
        return next(iter(self.own), None)

    def on(self, path_id: int) -> Enrolment | None:
        """The one on that path, or None."""
        return next((row for row in self.own if row.path_id == path_id), None)


def mine(person: Person) -> Mine:
    """Both in one query."""
    rows = with_mentor(Enrolment.objects.filter(person=person))
    rows |= with_mentor(Enrolment.objects.filter(manager=person, state=EnrolmentState.ACTIVE))
    rows = rows.select_related("person", "path", "cohort", "manager")
    is_own = Case(When(person=person, then=Value(0)), default=Value(1))
    found = list(rows.order_by(is_own, ORDER, "-enrolled_on", "-pk")[:MOST])
    return Mine(
        [row for row in found if row.person_id == person.pk],
        [row for row in found if row.person_id != person.pk],
    )


def current_paths() -> QuerySet[LearningPath]:
    """The paths that one may enrol on today."""
    return LearningPath.objects.filter(is_current=True).order_by("code")


def paths_for(person: Person) -> QuerySet[LearningPath]:
    """Current paths, each with whether the person holds a certificate of it that is valid."""
    held = Certificate.objects.valid().filter(person=person, path=OuterRef("code"))
    return current_paths().annotate(is_certified=Exists(held))


def open_to(person: Person) -> QuerySet[LearningPath]:
    """Those of them that the person neither walks nor waits for."""
    states = (EnrolmentState.ACTIVE, EnrolmentState.WAITING)
    taken = Enrolment.objects.filter(person=person, state__in=states)
    return current_paths().exclude(pk__in=taken.values("path"))
