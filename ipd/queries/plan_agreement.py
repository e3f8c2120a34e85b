"""How far the dates we compute for a plan agree with those its project file said."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ipd.models import Activity, Assignment, Plan
from ipd.models.plans import ActivityKind
from ipd.mspdi import values


@dataclass(frozen=True)
class Difference:
    """An activity with other dates than its file's; `why` as far as it can be told."""

    code: str
    name: str
    start: datetime | None
    finish: datetime | None
    file_start: datetime | None
    file_finish: datetime | None
    why: str


@dataclass(frozen=True)
class Agreement:
    """Of `total` activities with dates in the file, `agreeing` have the same start and finish."""

    total: int
    agreeing: int
    differing: tuple[Difference, ...]


def of(plan: Plan) -> Agreement:
    """All activities against their file's dates, in three queries."""
    rows = list(plan.activities.order_by("order"))
    links = plan.links.values_list("successor_id", "predecessor_id")
    shared = set(
        Assignment.objects.filter(
            activity__plan=plan, resource__calendar__isnull=False
        ).values_list("activity_id", flat=True)
    )
    before: dict[int, list[int]] = {}
    for after, first in links:
        before.setdefault(after, []).append(first)
    by_pk = {row.pk: row for row in rows}
    told = [(row, *_said(row)) for row in rows]
    told = [found for found in told if found[1] is not None and found[2] is not None]
    off = {
        row.pk for row, start, finish in told if (row.start_at, row.finish_at) != (start, finish)
    }
    inside = {row.parent_id for row in rows if row.pk in off}
    differing = [
        Difference(
            row.code,
            row.name,
            row.start_at,
            row.finish_at,
            start,
            finish,
            _why(row, off, inside, before, by_pk, shared),
        )
        for row, start, finish in told
        if row.pk in off
    ]
    return Agreement(len(told), len(told) - len(differing), tuple(differing))


def _said(row: Activity) -> tuple[datetime | None, datetime | None]:
    said = row.extra.get("file", {})
    start, finish = said.get("start"), said.get("finish")
    return start and values.moment(start), finish and values.moment(finish)


def _why(row: Activity, off, inside, before, by_pk, shared) -> str:
    if row.kind == ActivityKind.SUMMARY and row.pk in inside:
        return _("What is in it has other dates.")
    parent = row
    while parent is not None:
        late = [by_pk[pk] for pk in before.get(parent.pk, ()) if pk in off]
        if late:
            return _("It follows %(name)s, which has other dates.") % {"name": late[0].name}
        parent = by_pk.get(parent.parent_id)
    if row.kind == ActivityKind.GATE and row.gate:
        return _("It waits for its meeting in the review calendar.")
    if row.actual_start_at is not None and row.actual_finish_at is None:
        return _("It is under way; the file puts its remaining work elsewhere.")
    if row.pk in shared:
        return _("Its resources have calendars of their own, or work unevenly.")
    return _("Its duration, calendar and links lead to these dates.")
