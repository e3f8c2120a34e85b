"""Board interviews as pages show them, what waits in them, and the way to one's own."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from teams.calculations.academy.certification import middle
from teams.calculations.academy.rubrics import apart
from teams.models import (
    BoardInterview,
    Enrolment,
    InterviewAssessor,
    InterviewRating,
    PathElement,
    Person,
    PracticeEvidence,
    RubricCriterion,
)
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.interviews import OPEN, InterviewState
from teams.models.academy.paths import ElementKind
from teams.permissions.academy import rights_to_run
from teams.permissions.certification import Part
from teams.queries.academy.doors import opens
from teams.queries.academy.waiting import NO_DAY, waits


@dataclass(frozen=True)
class Line:
    """A criterion with what is asked, the ratings to be shown, and the joint level."""

    criterion: RubricCriterion
    asked: int
    cells: list[InterviewRating]
    joint: int | None
    is_apart: bool

    @property
    def middle(self) -> int:
        return middle(cell.level for cell in self.cells) if self.cells else self.asked

    @property
    def is_below(self) -> bool:
        return self.joint is not None and self.joint < self.asked

    @property
    def words(self) -> str:
        """The joint level's behaviour."""
        return self.criterion.levels[self.joint - 1] if self.joint else ""


@dataclass(frozen=True)
class Sheet:
    """seats  whose ratings stand in the columns; a reader's own alone until all are in"""

    seats: list[InterviewAssessor]
    lines: list[Line]

    @property
    def widest(self) -> list[Line]:
        """What the board talks about first."""
        return [line for line in self.lines if line.is_apart]


def detailed(rows: QuerySet[BoardInterview]) -> QuerySet[BoardInterview]:
    return rows.select_related(
        "enrolment__person__function",
        "enrolment__path",
        "element__rubric",
        "element__stage",
        "certificate",
    )


def seats_of(row: BoardInterview) -> list[InterviewAssessor]:
    """The three, the chair first."""
    return list(row.assessors.select_related("person__function").order_by("-is_chair", "pk"))


def sheet(
    row: BoardInterview,
    seats: list[InterviewAssessor],
    criteria: list[RubricCriterion],
    part: Part,
) -> Sheet:
    """What the reader may see of the ratings; one query."""
    own = [part.seat] if part.seat and part.seat.rated_at else []
    shown = seats if part.sees_all(row) else own
    found: dict[tuple[int, int], InterviewRating] = {
        (one.assessor_id, one.criterion_id): one
        for one in InterviewRating.objects.filter(assessor__in=[seat.pk for seat in shown])
    }
    names = {seat.pk: seat.person.name for seat in shown}
    for one in found.values():
        one.who = names[one.assessor_id]
    given = [
        {c.code: found[seat.pk, c.pk].level for c in criteria if (seat.pk, c.pk) in found}
        for seat in shown
    ]
    wide = apart(given) if len(shown) > 1 else ()
    joint = row.levels if part.sees_all(row) else {}
    lines = [
        Line(
            one,
            one.competency.certify_at,
            [found[seat.pk, one.pk] for seat in shown if (seat.pk, one.pk) in found],
            joint.get(one.code),
            one.code in wide,
        )
        for one in criteria
    ]
    return Sheet(shown, lines)


def listed(rows: QuerySet[BoardInterview]) -> QuerySet[BoardInterview]:
    """For lists: with the learner and the path."""
    return rows.select_related("enrolment__person", "enrolment__path")


def practice_of(person: Person) -> QuerySet[PracticeEvidence]:
    """What mentors saw the person do."""
    return PracticeEvidence.objects.filter(person=person).select_related("mentor")


def to_be_interviewed() -> QuerySet[Enrolment]:
    """Learners who have reached the board's stage, without an open interview."""
    board = PathElement.objects.filter(
        stage__path=OuterRef("path"), kind=ElementKind.BOARD, stage__number__lte=OuterRef("stage")
    )
    planned = BoardInterview.objects.filter(enrolment=OuterRef("pk"), state__in=OPEN)
    return Enrolment.objects.filter(
        Exists(board), ~Exists(planned), state=EnrolmentState.ACTIVE
    ).select_related("person", "path", "cohort")


# What waits ---------------------------------------------------------------------------------

ROUTE = "teams:interview"


def _seated(person: Person, **more) -> QuerySet:
    rows = BoardInterview.objects.filter(assessors__person=person, **more)
    return rows.annotate(nothing=Value("", CharField()))


def _told(rows: QuerySet) -> QuerySet:
    return rows.values_list("pk", "enrolment__person__name", "nothing", "planned_on")


@waits(text=_("Plan the board interview of %(who)s"), route="teams:interview-new")
def to_plan(person: Person) -> QuerySet:
    """Learners at the board's stage whom nobody has invited, for whoever runs the academy; after
    a "not yet", from two weeks before the day on which the board meets again."""
    later = BoardInterview.objects.filter(
        enrolment=OuterRef("pk"), again_on__gt=today() + timedelta(weeks=2)
    ).exclude(state=InterviewState.CANCELLED)
    rows = to_be_interviewed().filter(Exists(rights_to_run(person)), ~Exists(later))
    rows = rows.annotate(nothing=Value("", CharField()), day=NO_DAY)
    return rows.values_list("pk", "person__name", "nothing", "day")


@waits(text=_("Rate the board interview of %(who)s, alone"), route=ROUTE)
def ratings(person: Person) -> QuerySet:
    """Held, and not rated by this assessor."""
    rows = _seated(person, assessors__rated_at=None, state=InterviewState.PLANNED)
    return _told(rows.filter(planned_on__lte=today()))


@waits(text=_("Put the result of the board interview of %(who)s"), route=ROUTE)
def results(person: Person) -> QuerySet:
    return _told(
        _seated(person, assessors__is_chair=True, state=InterviewState.RATED).filter(result="")
    )


@waits(text=_("Sign the result of the board interview of %(who)s"), route=ROUTE)
def signatures(person: Person) -> QuerySet:
    rows = _seated(person, assessors__signed_at=None, state=InterviewState.RATED)
    return _told(rows.exclude(result=""))


@waits(text=_("Your board interview"), route=ROUTE)
def own(person: Person) -> QuerySet:
    rows = BoardInterview.objects.filter(enrolment__person=person, state=InterviewState.PLANNED)
    return _told(rows.annotate(nothing=Value("", CharField())))


@opens(ElementKind.BOARD)
def door(enrolment: Enrolment, element: PathElement) -> str:
    """The learner's last interview, or what is missing before one."""
    row = enrolment.interviews.exclude(state=InterviewState.CANCELLED).first()
    return row.get_absolute_url() if row else reverse("teams:certification")
