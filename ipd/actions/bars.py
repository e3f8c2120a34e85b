"""A bar of the plan is moved or stretched, by days: dragged, or a step at a time."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import activities
from ipd.calculations.working_time import DAY, datetime_of, minute_of
from ipd.kernel.access import Refused
from ipd.models import Activity
from ipd.models.plans import ActivityKind
from ipd.queries import working_times
from teams.models import Person

FARTHEST = 3660  # days


@transaction.atomic
def move(activity: Activity, *, days: int, by: Person, seen_version: int) -> Activity:
    """Let it start so many days later or earlier, as "no earlier than".

    A day off is passed over, in the direction of the move. Refused for a summary, for what has
    begun, and where its predecessors keep it from starting any earlier.
    """
    _refuse(activity, days)
    if activity.actual_start_at is not None or activity.percent:
        raise Refused(_("%(name)s has begun: it cannot be moved.") % {"name": str(activity)})
    wanted = _working_day(activity, activity.start_at.date() + timedelta(days=days), back=days < 0)
    before = activity.start_at
    moved = activities.change(activity, by=by, seen_version=seen_version, start_on=wanted)
    if days < 0 and moved.start_at == before:
        raise Refused(
            _("%(name)s cannot start before %(day)s: what it waits for ends then.")
            % {"name": str(activity), "day": before.date()}
        )
    return moved


@transaction.atomic
def stretch(activity: Activity, *, days: int, by: Person, seen_version: int) -> Activity:
    """Let it last so many days longer or shorter; the ends of its estimate go along.

    Refused for summaries and milestones, for what has ended, and below an hour.
    """
    _refuse(activity, days)
    if activity.kind != ActivityKind.TASK:
        raise Refused(_("%(name)s takes no time.") % {"name": str(activity)})
    if activity.percent == 100:
        raise Refused(_("%(name)s has ended.") % {"name": str(activity)})
    clock = working_times.working_time(activity.plan.calendar)
    per_day = activity.plan.calendar.minutes_per_day
    finish = minute_of(activity.finish_at)
    added = clock.between(finish, finish + days * DAY) if abs(days) > 1 else days * per_day
    minutes = activity.minutes + (added or days * per_day)
    if minutes < 60:
        raise Refused(_("%(name)s cannot get any shorter.") % {"name": str(activity)})
    values = {"minutes": minutes}
    if activity.optimistic_minutes is not None:
        values["optimistic_minutes"] = min(activity.optimistic_minutes, minutes)
        values["pessimistic_minutes"] = max(activity.pessimistic_minutes, minutes)
    return activities.change(activity, by=by, seen_version=seen_version, **values)


def _refuse(activity: Activity, days: int) -> None:
    if activity.kind == ActivityKind.SUMMARY:
        raise Refused(_("A summary has the dates, durations and progress of what is in it."))
    if activity.start_at is None or not 0 < abs(days) <= FARTHEST:
        raise Refused(_("Nothing was moved."))


def _working_day(activity: Activity, day: date, *, back: bool) -> date:
    """The day itself, or the next working one in the direction of the move."""
    clock = working_times.working_time(activity.plan.calendar)
    return datetime_of(clock.last_on(day) if back else clock.first_on(day)).date()
