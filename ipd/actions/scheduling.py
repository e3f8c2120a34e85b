"""Scheduling a plan: dates, float and what is critical, computed and written at once."""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ipd.calculations.network import Problem, Schedule, schedule
from ipd.calculations.working_time import NoWorkingTime, datetime_of
from ipd.kernel.access import Refused
from ipd.models import Activity, Plan
from ipd.queries.networks import network_of

WRITE = """
UPDATE ipd_activity AS a SET start_at = d.start_at, finish_at = d.finish_at,
    late_start_at = d.late_start_at, late_finish_at = d.late_finish_at,
    total_float_minutes = d.total_float, free_float_minutes = d.free_float,
    is_critical = d.is_critical
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
    %s::timestamptz[], %s::integer[], %s::integer[], %s::boolean[])
    AS d (id, start_at, finish_at, late_start_at, late_finish_at, total_float, free_float,
          is_critical)
WHERE a.id = d.id AND (a.start_at, a.finish_at, a.late_start_at, a.late_finish_at,
    a.total_float_minutes, a.free_float_minutes, a.is_critical)
    IS DISTINCT FROM (d.start_at, d.finish_at, d.late_start_at, d.late_finish_at,
    d.total_float, d.free_float, d.is_critical)
"""


class Unschedulable(Refused):
    """Refused, since the network goes in a circle or a calendar ends; `problems` by activity."""

    def __init__(self, problems: list[Problem], activities: dict[int, Activity]):
        self.problems, self.activities = problems, activities
        super().__init__(" ".join(sentences(problems, activities)))


def reschedule(plan: Plan) -> Schedule:
    """Compute the dates of the plan's activities and write those that moved, in one statement.

    Refused with a sentence that names the activities when the plan goes in a circle or one of
    its calendars has no working time. The caller has locked the plan.
    """
    found = computed(plan)
    keep(plan, found)
    return found


def computed(plan: Plan) -> Schedule:
    """The plan's dates as its rows ask for them now; Refused as `reschedule` is."""
    try:
        network = network_of(plan)
    except NoWorkingTime as error:
        raise Refused(_("A calendar of this plan has no working time.")) from error
    found = schedule(network.tasks, network.waits, network.rules)
    if found.problems:
        raise Unschedulable(found.problems, network.activities)
    return found


def keep(plan: Plan, found: Schedule) -> int:
    """Write the computed dates, and that they were computed; how many activities moved."""
    moved = write(found)
    plan.scheduled_at = timezone.now()
    plan.finishes_at = None if found.finish is None else datetime_of(found.finish)
    plan.save(update_fields=["scheduled_at", "finishes_at"])
    return moved


def write(found: Schedule) -> int:
    """The computed dates into the activities' rows; how many of them moved."""
    if not found.dates:
        return 0

    def moments(name: str) -> list:
        values = [getattr(dates, name) for dates in found.dates.values()]
        return [None if minute is None else datetime_of(minute) for minute in values]

    columns = [
        list(found.dates),
        *(moments(name) for name in ("start", "finish", "late_start", "late_finish")),
        [dates.total_float for dates in found.dates.values()],
        [dates.free_float for dates in found.dates.values()],
        [dates.is_critical for dates in found.dates.values()],
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, columns)
        return cursor.rowcount


def sentences(problems: Iterable[Problem], activities: dict[int, Activity]) -> list[str]:
    """What is wrong, for people: each problem names its activities by code and name."""

    def name(key) -> str:
        row = activities.get(key)
        return f"{row.code} {row.name}".strip() if row else str(key)

    said = []
    for problem in problems:
        names = [name(key) for key in problem.keys]
        if problem.what == "cycle":
            told = {"way": " → ".join(names)}
            said.append(_("These wait for each other in a circle: %(way)s.") % told)
        elif problem.what == "itself":
            said.append(_("%(name)s cannot wait for itself.") % {"name": names[0]})
        elif problem.what == "missing":
            told = {"first": names[0], "then": names[-1]}
            said.append(_("The link from %(first)s to %(then)s misses one of them.") % told)
        else:
            told = {"names": get_text_list(names, _("and"))}
            said.append(_("The calendar of %(names)s has no working time left.") % told)
    return said
