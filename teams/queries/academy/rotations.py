"""Rotations: lists of them, whether one fits into a learner's time, and what waits for hosts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.kernel.days import today
from teams.calculations.academy.rotations import Conflict, Promise, conflict
from teams.models import Person, Rotation, RubricCriterion, Seat
from teams.models.academy.rotations import TAKES_TIME, RotationState
from teams.permissions import visible_teams
from teams.permissions.assignments import Part
from teams.queries.academy.waiting import NOTHING, waits

TOO_SHORT = gettext_lazy(
    "Too short to count: six weeks or more at half of one's time in another function, or two weeks"
    " or more full time at a customer or field site."
)


def detailed(rows: QuerySet[Rotation]) -> QuerySet[Rotation]:
    """With what every page of a rotation names."""
    return rows.select_related(
        "enrolment__person__function",
        "enrolment__path",
        "element__rubric",
        "element__stage",
        "host",
        *("from_function", "from_site", "host_function", "host_site", "host_team"),
    )


def period_of(first: date, last: date) -> DateRange:
    """Both days belong to it."""
    return DateRange(first, last + timedelta(days=1))


def coverable(person: Person, *, reader: Person) -> QuerySet[Seat]:
    """Seats that a deputy could take over for some weeks, as far as the reader may see them."""
    rows = Seat.objects.filter(person=person, deputy__isnull=False, allocation_percent__gt=0)
    rows = rows.exclude(period__fully_lt=DateRange(today(), None))
    return rows.filter(team__in=visible_teams(reader)).select_related("team", "role", "deputy")


def conflict_of(
    person: Person,
    period: DateRange,
    percent: int,
    *,
    covered: Iterable[int] = (),
    but: Rotation | None = None,
) -> Conflict | None:
    """The worst day on which seats, other rotations and this one take more than full time."""
    seats = Seat.objects.filter(person=person, period__overlap=period, allocation_percent__gt=0)
    seats = seats.exclude(pk__in=covered).select_related("team", "role")
    others = Rotation.objects.filter(
        enrolment__person=person, state__in=TAKES_TIME, period__overlap=period
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    promises = [
        Promise(one.period.lower or date.min, one.period.upper, one.allocation_percent, one)
        for one in seats.order_by("team__code", "pk")
    ] + [
        Promise(one.period.lower, one.period.upper, one.allocation_percent, one)
        for one in others.select_related("element")
    ]
    return conflict(promises, period.lower, period.upper, percent)


def told(found: Conflict, *, reader: Person) -> str:
    """A conflict in words; teams that do not exist for the reader stay unnamed."""
    seats = [one.what for one in found.promises if isinstance(one.what, Seat)]
    known = visible_teams(reader).filter(pk__in=[seat.team_id for seat in seats])
    names = set(known.values_list("pk", flat=True))

    def line(one: Promise) -> str:
        if isinstance(one.what, Rotation):
            what = one.what.element.title
        elif one.what.team_id in names:
            what = f"{one.what.role.name}, {one.what.team.name}"
        else:
            what = _("another seat")
        return f"{what} {one.percent} %"

    return _("On %(day)s that would take %(percent)d %% of working time: %(what)s.") % {
        "day": found.day.isoformat(),
        "percent": found.percent,
        "what": "; ".join(line(one) for one in found.promises),
    }


@dataclass(frozen=True)
class Feedback:
    """One criterion with what the host said of it."""

    criterion: RubricCriterion
    level: int
    reason: str

    @property
    def words(self) -> str:
        return self.criterion.levels[self.level - 1]


@dataclass(frozen=True)
class Sheet:
    """A rotation as its reader may see it; what they may not is empty."""

    covered: list[Seat]
    feedback: list[Feedback]
    team: str


def sheet(row: Rotation, part: Part, *, reader: Person) -> Sheet:
    """The seats that are covered, and the host's words for those who read them; four queries."""
    known = visible_teams(reader)
    covered = row.covered.filter(team__in=known).select_related("team", "role", "deputy")
    team = known.filter(pk=row.host_team_id).first() if row.host_team_id else None
    ratings = row.ratings.select_related("criterion") if part.reads else row.ratings.none()
    feedback = [Feedback(one.criterion, one.level, one.reason) for one in ratings]
    return Sheet(list(covered), feedback, team.name if team else "")


def listed(rows: QuerySet[Rotation], person: Person) -> QuerySet[Rotation]:
    """Rows for a list, with whether one waits for the reader as its host."""
    mine = Rotation.objects.filter(pk=OuterRef("pk"), host=person, state__in=FOR_HOST)
    return detailed(rows).annotate(waits_for_me=Exists(mine))


FOR_HOST = [RotationState.PLANNED, RotationState.LEFT]


@waits(text=gettext_lazy("Say whether you host %(who)s: %(what)s"), route="teams:rotation")
def to_agree(person: Person) -> QuerySet:
    """Rotations that were proposed to the person as host."""
    rows = Rotation.objects.filter(host=person, state=RotationState.PLANNED)
    return _rows(rows, "period__startswith")


@waits(text=gettext_lazy("Rate the weeks of %(who)s with you: %(what)s"), route="teams:rotation")
def to_rate(person: Person) -> QuerySet:
    """Rotations that are over and that the person has not rated as host."""
    return _rows(Rotation.objects.filter(host=person, state=RotationState.LEFT), "period__endswith")


@waits(
    text=gettext_lazy("Your weeks with %(who)s are over: say what stays behind"),
    route="teams:rotation",
)
def to_leave(person: Person) -> QuerySet:
    """For the learner, from the last day on; only then the host is asked."""
    rows = Rotation.objects.filter(enrolment__person=person, state=RotationState.AGREED)
    rows = rows.filter(period__endswith__lte=today() + timedelta(days=1))
    return rows.values_list("pk", "host__name", NOTHING, "period__endswith")


def _rows(rows: QuerySet[Rotation], due: str) -> QuerySet:
    return rows.values_list("pk", "enrolment__person__name", "element__title", due)
