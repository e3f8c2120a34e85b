"""Enrolments as pages need them: the learner's own, and those that others follow."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from teams.models import (
    Certificate,
    Enrolment,
    LearningPath,
    MentoringSession,
    Mentorship,
    Person,
)
from teams.models.academy.enrolments import OPEN, EnrolmentState
from teams.models.academy.mentoring import MentorshipState

# The open one first, then what was finished; a walk that was given up comes last.
ORDER = Case(
    When(state=EnrolmentState.ACTIVE, then=Value(0)),
    When(state=EnrolmentState.WAITING, then=Value(1)),
    When(state=EnrolmentState.CERTIFIED, then=Value(2)),
    default=Value(3),
)


def with_mentor(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With the pair of now: `pair_pk`, `mentor_pk` and `mentor_name`, and `met_on`, the day of
    its last session; None where there is none."""
    now = Mentorship.objects.filter(enrolment=OuterRef("pk"), state=MentorshipState.ACTIVE)
    sessions = MentoringSession.objects.filter(mentorship=OuterRef("pk")).order_by("-held_on")
    met = now.annotate(met_on=Subquery(sessions.values("held_on")[:1]))
    return rows.annotate(
        pair_pk=Subquery(now.values("pk")[:1]),
        met_on=Subquery(met.values("met_on")[:1]),
        mentor_pk=Subquery(now.values("mentor")[:1]),
        mentor_name=Subquery(now.values("mentor__name")[:1]),
    )


MOST = 50


@dataclass(frozen=True)
class Mine:
    """The person's own enrolments, what runs now on top, and those on a path they manage; each
    with `is_certified`, whether a certificate of its path is valid today."""

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
    rows = rows.annotate(is_certified=_certified(OuterRef("person"), "path__code"))
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
    return for_reader(current_paths(), person)


def for_reader(rows: QuerySet[LearningPath], person: Person) -> QuerySet[LearningPath]:
    """With `is_certified`: whether the person holds a certificate of it that is valid."""
    return rows.annotate(is_certified=_certified(person, "code"))


def _certified(person: Person | OuterRef, path: str) -> Exists:
    """Whether they hold a valid certificate of the path that the outer row's column names."""
    return Exists(Certificate.objects.valid().filter(person=person, path=OuterRef(path)))


def open_to(person: Person) -> QuerySet[LearningPath]:
    """Those of them that the person neither walks nor waits for."""
    taken = Enrolment.objects.filter(person=person, state__in=OPEN)
    return current_paths().exclude(pk__in=taken.values("path"))
