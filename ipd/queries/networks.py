"""A plan's rows as the network that is scheduled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from ipd.calculations.tasks import Rules, Task, Wait, end_of
from ipd.calculations.working_time import ROUND_THE_CLOCK, WorkingTime, minute_of
from ipd.models import Activity, Assignment, Plan
from ipd.models.plans import ActivityKind
from ipd.queries import working_times

# Meeting days of a product's gates by their codes, from whoever keeps the review calendar.
GATE_DAYS: list[Callable[[int], dict[str, date]]] = []

FIXED_DURATION = "1"


def tells_gate_days(told: Callable[[int], dict[str, date]]):
    """Register `told(product id)`: {gate code: day of its coming, or else last, meeting}."""
    GATE_DAYS.append(told)
    return told


def gate_days(product_id: int) -> dict[str, date]:
    """Meeting days by gate code, of everybody who knows some."""
    return {code: day for told in GATE_DAYS for code, day in told(product_id).items()}


@dataclass
class Network:
    """What `schedule` takes, with the activities that it was made of by their ids."""

    tasks: list[Task]
    waits: list[Wait]
    rules: Rules
    activities: dict[int, Activity]
    clock: WorkingTime


def network_of(plan: Plan) -> Network:
    """The plan's network, in seven queries; moments are minutes (see `working_time`).

    Raises NoWorkingTime when one of its calendars has none.
    """
    activities = {row.pk: row for row in plan.activities.order_by("order")}
    shares = _assignments(plan)
    calendars = {plan.calendar_id, *(row.calendar_id for row in activities.values())}
    calendars |= {row.resource.calendar_id for rows in shares.values() for row in rows}
    clocks = working_times.by_calendar(calendars)
    days: dict[str, date] = {}
    if any(row.kind == ActivityKind.GATE for row in activities.values()):
        days = gate_days(plan.product_id)
    tasks = [_task(row, plan, clocks, shares.get(row.pk, ()), days) for row in activities.values()]
    links = plan.links.order_by("pk").values_list(
        "predecessor_id", "successor_id", "kind", "lag", "lag_unit"
    )
    waits = [Wait(*link) for link in links if activities[link[0]].is_active]
    status = plan.status_on if plan.moves_rest else None
    rules = Rules(
        moment=minute_of(plan.starts_at),
        from_finish=plan.is_from_finish,
        status=end_of(status.toordinal()) if status else None,
        keeps_dates=plan.keeps_dates,
        critical_float=int(plan.extra.get("critical_float", 0)),
    )
    return Network(tasks, waits, rules, activities, clocks[plan.calendar_id])


def _assignments(plan: Plan) -> dict[int, list[Assignment]]:
    """Work on activities whose resources have calendars of their own, by activity."""
    found: dict[int, list[Assignment]] = {}
    theirs = Assignment.objects.filter(
        activity=OuterRef("activity"), resource__kind="work", resource__calendar__isnull=False
    )
    rows = Assignment.objects.filter(
        Exists(theirs), activity__plan=plan, resource__kind="work"
    ).select_related("resource")
    for row in rows:
        found.setdefault(row.activity_id, []).append(row)
    return found


def _task(row: Activity, plan: Plan, clocks, assignments, days: dict[str, date]) -> Task:
    clock, shares = _clock(row, plan, clocks, assignments)
    kept = is_kept(row)
    return Task(
        key=row.pk,
        minutes=row.minutes,
        clock=clock,
        parent=row.parent_id,
        is_summary=row.kind == ActivityKind.SUMMARY,
        constraint=row.constraint,
        constraint_at=_minute(row.constraint_at),
        deadline=_minute(row.deadline_at),
        not_before=_meeting(row, clock, days),
        actual_start=_minute(row.actual_start_at),
        actual_finish=_minute(row.actual_finish_at),
        done=round(row.minutes * row.percent / 100) if row.actual_start_at else 0,
        resume=_minute(row.resume_at),
        is_fixed=kept,
        counts=row.is_active and not row.extra.get("external"),
        start=_minute(row.start_at) if kept else None,
        finish=_minute(row.finish_at) if kept else None,
        delay=row.delay_minutes,
        pause=row.pause_minutes,
        shares=shares,
    )


def is_kept(row: Activity) -> bool:
    """Its dates are its own and not computed."""
    foreign = row.extra.get("external") or row.extra.get("subproject")
    return row.is_manual or not row.is_active or bool(foreign)


def _minute(moment) -> int | None:
    return None if moment is None else minute_of(moment)


def _meeting(row: Activity, clock: WorkingTime, days: dict[str, date]) -> int | None:
    """A gate that is not behind us waits for its meeting."""
    if row.kind != ActivityKind.GATE or row.actual_finish_at or row.gate not in days:
        return None
    return clock.first_on(days[row.gate])


def _clock(row: Activity, plan: Plan, clocks, assignments: Iterable[Assignment]):
    """What counts the duration; and who works how long on it, where their calendars differ.

    As project files have it: an activity's own calendar and its resources' hold together;
    without an own calendar the resources' alone do.
    """
    if row.is_elapsed:
        return ROUND_THE_CLOCK, ()
    own = clocks[row.calendar_id or plan.calendar_id]
    if not assignments or (row.calendar_id and row.extra.get("ignore_resource_calendar")):
        return own, ()
    working: dict[int | None, WorkingTime] = {}
    for assignment in assignments:
        calendar = assignment.resource.calendar_id
        if calendar not in working:
            theirs = clocks[calendar] if calendar else own
            working[calendar] = theirs.both(own) if calendar and row.calendar_id else theirs
    if len(working) == 1:
        return next(iter(working.values())), ()
    if row.extra.get("type") == FIXED_DURATION:
        return own, ()
    return own, tuple((working[a.resource.calendar_id], _span(a, row.minutes)) for a in assignments)


def _span(assignment: Assignment, minutes: int) -> int:
    """How long the resource works on it: its work at its units, else the whole duration."""
    if not assignment.units or not assignment.work_minutes:
        return minutes
    return round(assignment.work_minutes * 100 / assignment.units)
