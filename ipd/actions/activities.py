"""Edits of one activity: what it is, how long it takes, when, who, how far it is."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ipd.actions import outline, plans
from ipd.actions.plan_records import Record
from ipd.calculations.working_time import DAY, datetime_of
from ipd.kernel.access import Refused
from ipd.models import Activity, Plan
from ipd.models.plans import ActivityKind, ConstraintKind
from ipd.queries import working_times
from teams.models import Person

EDITABLE = {
    *("name", "minutes", "optimistic_minutes", "pessimistic_minutes", "distribution"),
    *("function", "owner", "effort_minutes", "percent", "calendar", "constraint"),
    *("constraint_at", "deadline_at", "actual_start_at", "actual_finish_at", "notes", "group"),
    *("gate", "kind", "is_manual", "is_active", "is_elapsed", "start_on", "finish_on"),
}
WORK = {"minutes", "optimistic_minutes", "pessimistic_minutes", "percent", "actual_start_at"}
DATED = {"start_on": ConstraintKind.SNET, "finish_on": ConstraintKind.FNET}
LONGEST = 480 * 260 * 40  # minutes: forty years of work


def change(
    activity: Activity, *, by: Person | None, seen_version: int | None, **fields
) -> Activity:
    """Change these fields of the activity, and all dates that follow from it.

    `start_on` and `finish_on` are days, put as "not before" (a task scheduled by hand takes
    them as they are; None lifts the constraint). A day in `constraint_at` or `deadline_at`
    stands for its hours of work. Refused for what a summary gets from what is in it, for
    estimates out of order, and for progress that contradicts its dates.
    """
    unknown = set(fields) - EDITABLE
    if unknown:
        raise ValueError(f"Not editable: {sorted(unknown)}")
    told = {"code": activity.code, "name": activity.name}
    what = _("Changed %(code)s %(name)s") % told
    with plans.editing(activity.plan_id, by=by, seen_version=seen_version, what=what) as record:
        activity = found(record.plan, activity.pk)
        values = _values(activity, record, fields)
        if values:
            record.save(activity, **values)
    activity.refresh_from_db()
    return activity


def found(plan: Plan, pk: int) -> Activity:
    """The activity as it stands now; refused when somebody deleted it."""
    activity = plan.activities.filter(pk=pk).first()
    if activity is None:
        raise Refused(_("This activity has been deleted meanwhile."))
    return activity


def _values(activity: Activity, record: Record, fields: dict[str, Any]) -> dict[str, Any]:
    """The columns to write; refuses what cannot be."""
    fields = dict(fields)
    if activity.kind == ActivityKind.SUMMARY and set(fields) & (WORK | set(DATED)):
        raise Refused(_("A summary has the dates, durations and progress of what is in it."))
    if not str(fields.get("name", activity.name)).strip():
        raise Refused(_("An activity needs a name."))
    values: dict[str, Any] = {}
    for name in DATED:
        if name in fields:
            values |= _dated(activity, record, name, fields.pop(name))
    values |= fields
    _moments(activity, record, values)
    _durations(activity, values)
    _progress(activity, values)
    constraint = values.get("constraint", activity.constraint)
    if constraint in {ConstraintKind.ASAP, ConstraintKind.ALAP}:
        if "constraint" in values:
            values["constraint_at"] = None
    elif values.get("constraint_at", activity.constraint_at) is None:
        raise Refused(_("This constraint needs a date."))
    return {name: value for name, value in values.items() if getattr(activity, name) != value}


def _dated(activity: Activity, record: Record, name: str, day: date | None) -> dict[str, Any]:
    """A day typed for the start or the finish."""
    if activity.is_manual:
        if day is None:
            raise Refused(_("A task that is scheduled by hand needs its date."))
        clock = working_times.working_time(record.plan.calendar)
        if name == "finish_on":
            return {"finish_at": datetime_of(clock.last_on(day))}
        start = clock.first_on(day)
        finish = clock.add(start, activity.minutes)
        return {"start_at": datetime_of(start), "finish_at": datetime_of(finish)}
    if day is None:
        return {"constraint": ConstraintKind.ASAP, "constraint_at": None}
    return {"constraint": DATED[name], "constraint_at": day}


def _moments(activity: Activity, record: Record, values: dict[str, Any]) -> None:
    """Days become moments: the first working one of the day, or the last."""
    constraint = values.get("constraint", activity.constraint)
    late = {
        "constraint_at": constraint in {"fnet", "fnlt", "mfo"},
        "deadline_at": True,
        "actual_start_at": False,
        "actual_finish_at": True,
    }
    clock = None
    for name, ends in late.items():
        day = values.get(name)
        if not isinstance(day, date) or isinstance(day, datetime):
            continue
        clock = clock or working_times.working_time(record.plan.calendar)
        moment = clock.last_on(day) if ends else clock.first_on(day)
        if moment // DAY != day.toordinal():  # a day off stands for itself
            moment = day.toordinal() * DAY + (17 * 60 if ends else 8 * 60)
        values[name] = datetime_of(moment)


def _durations(activity: Activity, values: dict[str, Any]) -> None:
    names = ("optimistic_minutes", "minutes", "pessimistic_minutes")
    low, likely, high = (values.get(name, getattr(activity, name)) for name in names)
    for value in (low, likely, high, values.get("effort_minutes", 0)):
        if value is not None and not 0 <= value <= LONGEST:
            raise Refused(_("A duration is between nothing and forty years."))
    if (low is None) != (high is None):
        raise Refused(_("A three-point estimate has both an optimistic and a pessimistic end."))
    if low is not None and not low <= likely <= high:
        raise Refused(_("Optimistic, likely and pessimistic go up in this order."))
    kind = values.get("kind", activity.kind)
    if "minutes" in values and kind in {ActivityKind.TASK, ActivityKind.MILESTONE}:
        values["kind"] = ActivityKind.TASK if likely else ActivityKind.MILESTONE


def _progress(activity: Activity, values: dict[str, Any]) -> None:
    """Percent and actual dates say the same: begun has a start, done has a finish."""
    percent = values.get("percent", activity.percent)
    if not 0 <= percent <= 100:
        raise Refused(_("Progress is between 0 and 100 %."))
    if values.get("actual_finish_at") is not None:
        values["percent"] = percent = 100
    elif "actual_finish_at" in values and "percent" not in values and percent == 100:
        values["percent"] = percent = 99
    if "percent" in values:
        if percent == 0 and values.get("actual_start_at") is None:
            values |= {"actual_start_at": None, "actual_finish_at": None, "resume_at": None}
        elif percent < 100:
            values["actual_finish_at"] = None
        elif values.get("actual_finish_at", activity.actual_finish_at) is None:
            values["actual_finish_at"] = activity.finish_at
        if percent and values.get("actual_start_at", activity.actual_start_at) is None:
            values["actual_start_at"] = activity.start_at
    start = values.get("actual_start_at", activity.actual_start_at)
    finish = values.get("actual_finish_at", activity.actual_finish_at)
    if finish is not None and (start is None or finish < start):
        raise Refused(_("What has ended began before."))


def add(
    plan: Plan,
    *,
    by: Person | None,
    seen_version: int | None,
    name: str,
    parent: Activity | None = None,
    after: Activity | None = None,
    code: str = "",
    **fields,
) -> Activity:
    """A new activity below `after` and all that is in it, or else last in `parent` or the plan.

    Refused for a code that is taken, and as `change` refuses.
    """
    if not name.strip():
        raise Refused(_("An activity needs a name."))
    what = _("Added %(name)s") % {"name": name.strip()}
    with plans.editing(plan, by=by, seen_version=seen_version, what=what) as record:
        plan = record.plan
        parent = after.parent if after is not None else parent
        taken = set(plan.activities.values_list("code", flat=True))
        if code in taken:
            raise Refused(_("%(code)s is taken by another activity.") % {"code": code})
        activity = Activity(
            plan=plan,
            parent=parent,
            name=name.strip(),
            code=code or _next_code(taken),
            order=outline.room_for(record, parent, after),
            kind=fields.pop("kind", ActivityKind.TASK),
        )
        for field, value in _values(activity, record, {"minutes": 480} | fields).items():
            setattr(activity, field, value)
        record.add(activity)
        outline.settle(record)
    activity.refresh_from_db()
    return activity


def _next_code(taken: set[str]) -> str:
    """One more than the highest number that a code of the plan ends in, with its letters."""
    numbers = [(int(digits), code[: -len(digits)]) for code in taken if (digits := _digits(code))]
    number, letters = max(numbers, default=(0, "A"))
    return f"{letters}{number + 1}"[:30]


def _digits(code: str) -> str:
    found = code[len(code.rstrip("0123456789")) :]
    return found if found.isascii() and len(found) <= 9 else ""


def delete(activity: Activity, *, by: Person | None, seen_version: int | None) -> None:
    """Delete the activity, all that is in it, and its links; baselines keep its dates."""
    told = {"code": activity.code, "name": activity.name}
    what = _("Deleted %(code)s %(name)s") % told
    with plans.editing(activity.plan_id, by=by, seen_version=seen_version, what=what) as record:
        activity = found(record.plan, activity.pk)
        record.delete(models.QuerySet(Activity).filter(pk=activity.pk))
        outline.settle(record)
