"""A stored plan as a picture: to be written into a file, or held against one."""

from typing import Any

from ipd.models import Assignment, CalendarException, Plan, PlanCalendar
from ipd.mspdi.picture import Picture, Row
from ipd.queries.networks import is_kept

ACTIVITY = (
    *("uid", "name", "code", "kind", "minutes", "is_elapsed", "effort_minutes", "percent"),
    *("is_manual", "is_active", "deadline_at", "delay_minutes", "pause_minutes", "notes"),
    *("extra", "constraint", "constraint_at", "actual_start_at", "actual_finish_at"),
    *("resume_at", "optimistic_minutes", "pessimistic_minutes", "distribution", "group"),
    "gate",
)
PLAN = ("starts_at", "is_from_finish", "status_on", "moves_rest", "keeps_dates", "extra")
CALENDAR = ("name", "hours", "country", "subdivision", "minutes_per_day", "uid", "extra")


def of(plan: Plan) -> Picture:
    """The whole plan, in nine queries."""
    picture = Picture(plan={name: getattr(plan, name) for name in PLAN})
    picture.plan["calendar"] = plan.calendar.code
    picture.calendars = _calendars(plan)
    picture.activities = activities_of(plan)
    links = plan.links.values_list(
        "predecessor__code", "successor__code", "kind", "lag", "lag_unit"
    )
    picture.links = {(a, b, kind): (lag, unit) for a, b, kind, lag, unit in links}
    picture.resources = _resources(plan)
    rows = Assignment.objects.filter(activity__plan=plan).values_list(
        "activity__code", "resource__name", "units", "work_minutes", "uid", "extra"
    )
    picture.assignments = {
        (code, name): dict(zip(("units", "work_minutes", "uid", "extra"), values, strict=True))
        for code, name, *values in rows
    }
    picture.baselines = _baselines(plan)
    return picture


def activities_of(plan: Plan) -> list[Row]:
    rows = plan.activities.select_related("parent", "calendar", "function", "owner")
    found = []
    for row in rows.order_by("order"):
        values: dict[str, Any] = {name: getattr(row, name) for name in ACTIVITY}
        values |= {
            "parent": row.parent.code if row.parent else None,
            "calendar": row.calendar.code if row.calendar else None,
            "function": row.function.code if row.function else "",
            "owner": row.owner.code if row.owner else "",
            "start_at": row.start_at if is_kept(row) else None,
            "finish_at": row.finish_at if is_kept(row) else None,
        }
        found.append(values)
    return found


def _calendars(plan: Plan) -> dict[str, Row]:
    exceptions: dict[int, list] = {}
    own = CalendarException.objects.filter(calendar__plan=plan).order_by("first", "pk")
    for row in own:
        exceptions.setdefault(row.calendar_id, []).append(
            [row.first, row.last, row.name, row.hours]
        )
    return {
        row.code: {name: getattr(row, name) for name in CALENDAR}
        | {"exceptions": exceptions.get(row.pk, [])}
        for row in PlanCalendar.objects.filter(plan=plan).order_by("pk")
    }


def _resources(plan: Plan) -> dict[str, Row]:
    rows = plan.resources.select_related("calendar", "person").order_by("pk")
    return {
        row.name: {
            "kind": row.kind,
            "calendar": row.calendar.code if row.calendar else None,
            "max_units": row.max_units,
            "uid": row.uid,
            "person": row.person.code if row.person else "",
            "extra": row.extra,
        }
        for row in rows
    }


def _baselines(plan: Plan) -> dict[int, Row]:
    found: dict[int, Row] = {}
    fields = ("name", "start_at", "finish_at", "minutes", "effort_minutes", "cost")
    for baseline in plan.baselines.prefetch_related("rows").order_by("number"):
        rows = {
            row.code: {name: getattr(row, name) for name in fields} for row in baseline.rows.all()
        }
        found[baseline.number] = {
            "name": baseline.name,
            "finish_at": baseline.finish_at,
            "rows": rows,
        }
    return found
