"""A plan against its promises: the original contract's baseline, the current one's, and now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from ipd.calculations import gantt
from ipd.calculations.working_time import minute_of
from ipd.kernel import keyset
from ipd.models import Activity, Baseline, BaselineRow, Plan
from ipd.models.plans import ActivityKind
from ipd.queries import working_times

PAGE = 60
Counting = Callable[[datetime | None, datetime | None], int | None]
POINTS = [ActivityKind.MILESTONE, ActivityKind.GATE]
CHART_WIDTH, LINE = 640, 26


@dataclass(frozen=True)
class Slip:
    """One activity's dates then and now; slips in working days of the plan's calendar."""

    activity: Activity
    original_finish: datetime | None
    current_finish: datetime | None
    slip: int | None
    slip_current: int | None
    longer: int | None

    @property
    def tone(self) -> str:
        return "none" if self.slip is None else "risk" if self.slip > 0 else "on"

    @property
    def original_on(self):
        return self.original_finish and self.original_finish.date()

    @property
    def original_start_on(self):
        return self.activity.original_start and self.activity.original_start.date()

    @property
    def current_on(self):
        return self.current_finish and self.current_finish.date()

    @property
    def words(self) -> str:
        return in_days(self.slip)

    @property
    def current_words(self) -> str:
        return in_days(self.slip_current)

    @property
    def longer_words(self) -> str:
        return in_days(self.longer)


def in_days(days: int | None) -> str:
    """A difference in working days, signed; a dash when there is nothing to compare.

    >>> in_days(3), in_days(-2), in_days(0), in_days(None)
    ('+3 d', '-2 d', '0 d', '–')
    """
    return "–" if days is None else f"{days:+d} d" if days else "0 d"


@dataclass(frozen=True)
class Drift:
    """A milestone on the small chart: where it stood, stood last, and stands."""

    slip: Slip
    y: int
    original: float | None
    current: float | None
    now: float


def kept(plan: Plan) -> list[Baseline]:
    """All baselines, the newest first, with their number of activities."""
    rows = plan.baselines.select_related("kept_by").annotate(activities=Count("rows"))
    return list(rows.order_by("-number"))


def counting(plan: Plan) -> Counting:
    """A function that counts working days from one moment of the plan to another."""
    clock = working_times.working_time(plan.calendar)
    per_day = plan.calendar.minutes_per_day

    def days(first: datetime | None, last: datetime | None) -> int | None:
        if first is None or last is None:
            return None
        return round(clock.between(minute_of(first), minute_of(last)) / per_day)

    return days


def against(plan: Plan, original: int, current: int) -> QuerySet[Activity]:
    """The plan's activities with their dates in two baselines."""
    then = BaselineRow.objects.filter(baseline=original, code=OuterRef("code"))
    last = BaselineRow.objects.filter(baseline=current, code=OuterRef("code"))
    return plan.activities.annotate(
        original_start=Subquery(then.values("start_at")[:1]),
        original_finish=Subquery(then.values("finish_at")[:1]),
        original_minutes=Subquery(then.values("minutes")[:1]),
        current_start=Subquery(last.values("start_at")[:1]),
        current_finish=Subquery(last.values("finish_at")[:1]),
    )


SHOWN = {
    "all": Q(),
    "moved": ~Q(finish_at=F("original_finish")) | ~Q(start_at=F("original_start")),
    "later": Q(finish_at__gt=F("original_finish")),
    "new": Q(original_finish=None),
}


def page(plan: Plan, original: int, current: int, *, show: str, after: str) -> keyset.Slice:
    """A page of activities with their slips, in the plan's order."""
    rows = against(plan, original, current).filter(SHOWN[show])
    found = keyset.part(rows, ("order", "pk"), after=after, size=PAGE)
    days = counting(plan)
    per_day = plan.calendar.minutes_per_day
    return keyset.Slice([slip(row, days, per_day) for row in found.rows], found.after)


def slip(row: Activity, days, per_day: int) -> Slip:
    longer = None
    if row.original_minutes is not None and row.kind == ActivityKind.TASK:
        longer = round((row.minutes - row.original_minutes) / per_day)
    return Slip(
        row,
        row.original_finish,
        row.current_finish,
        days(row.original_finish, row.finish_at),
        days(row.current_finish, row.finish_at),
        longer,
    )


@dataclass(frozen=True)
class Figures:
    """How many activities there are, and what became of them since the original contract."""

    total: int
    later: int
    earlier: int
    new: int
    gone: int


def figures(plan: Plan, original: int, current: int) -> Figures:
    """In one query over the plan and one over what left it."""
    leaves = ~Q(kind=ActivityKind.SUMMARY)
    sums = (
        against(plan, original, current)
        .filter(leaves)
        .aggregate(
            total=Count("pk"),
            later=Count("pk", filter=Q(finish_at__gt=F("original_finish"))),
            earlier=Count("pk", filter=Q(finish_at__lt=F("original_finish"))),
            new=Count("pk", filter=Q(original_finish=None)),
        )
    )
    return Figures(gone=left(plan, original).count(), **sums)


def left(plan: Plan, original: int) -> QuerySet[BaselineRow]:
    """What the original contract had and the plan has no more."""
    here = Exists(plan.activities.filter(code=OuterRef("code")))
    return BaselineRow.objects.filter(~here, baseline=original)


MOST_DRIFTS = 40


def drifts(plan: Plan, original: int, current: int) -> tuple[list[Drift], gantt.Scale | None]:
    """Gates and milestones for the small chart, those that slipped; the gates first if too many."""
    rows = against(plan, original, current).filter(kind__in=POINTS, finish_at__isnull=False)
    found = list(rows.order_by("-kind", "order")[: MOST_DRIFTS + 1])
    if len(found) > MOST_DRIFTS:
        found = [row for row in found if row.kind == ActivityKind.GATE][:MOST_DRIFTS]
    found.sort(key=lambda row: row.finish_at)
    if not found:
        return [], None
    moments = [row.finish_at for row in found]
    moments += [m for row in found for m in (row.original_finish, row.current_finish) if m]
    first, last = min(moments).date(), max(moments).date()
    axis = gantt.Scale(first, last, gantt.fitting(first, last))
    factor = CHART_WIDTH / max(axis.width, 1)
    days, per_day = counting(plan), plan.calendar.minutes_per_day

    def place(moment: datetime | None) -> float | None:
        return round(axis.x(moment) * factor, 1) if moment else None

    return [
        Drift(
            slip(row, days, per_day),
            number * LINE + LINE // 2,
            place(row.original_finish),
            place(row.current_finish),
            place(row.finish_at),
        )
        for number, row in enumerate(found)
    ], axis
