"""The outline of a plan: in and out, up and down; who is a summary follows from it."""

from django.db import connection
from django.utils.translation import gettext as _

from ipd.actions import plans
from ipd.actions.plan_records import Record
from ipd.kernel.access import Refused
from ipd.models import Activity, Plan
from ipd.models.plans import ActivityKind
from teams.models import Person

STEP = 1024  # rows stand so far apart that others fit between them
DEEPEST = 20


def indent(activity: Activity, *, by: Person | None, seen_version: int | None) -> None:
    """Into the activity above it, which becomes a summary; refused for the first of its level."""
    with _editing(activity, by, seen_version, _("Moved in: %(code)s %(name)s")) as record:
        rows = _rows(record.plan)
        activity = _found(rows, activity)
        siblings = [row for row in rows if row.parent_id == activity.parent_id]
        place = siblings.index(activity)
        if place == 0:
            raise Refused(_("There is nothing above it on its level that it could belong to."))
        above = siblings[place - 1]
        if above.kind == ActivityKind.GATE:
            raise Refused(_("A gate has nothing in it."))
        if activity.depth + 1 >= DEEPEST:
            raise Refused(_("A plan has at most %(levels)s levels.") % {"levels": DEEPEST})
        record.save(activity, parent_id=above.pk)
        settle(record)


def outdent(activity: Activity, *, by: Person | None, seen_version: int | None) -> None:
    """Out of its summary; what followed it there becomes its own. Refused on the top level."""
    with _editing(activity, by, seen_version, _("Moved out: %(code)s %(name)s")) as record:
        rows = _rows(record.plan)
        activity = _found(rows, activity)
        if activity.parent_id is None:
            raise Refused(_("It is on the top level already."))
        parent = next(row for row in rows if row.pk == activity.parent_id)
        after = [
            row
            for row in rows
            if row.parent_id == activity.parent_id and row.order > activity.order
        ]
        if after and activity.kind == ActivityKind.GATE:
            raise Refused(_("A gate has nothing in it."))
        record.save(activity, parent_id=parent.parent_id)
        for row in after:
            record.save(row, parent_id=activity.pk)
        settle(record)


def move(activity: Activity, *, down: bool, by: Person | None, seen_version: int | None) -> None:
    """Past the next activity of its level, with all that is in it; refused at the ends."""
    with _editing(activity, by, seen_version, _("Moved: %(code)s %(name)s")) as record:
        rows = _rows(record.plan)
        activity = _found(rows, activity)
        siblings = [row for row in rows if row.parent_id == activity.parent_id]
        place = siblings.index(activity) + (1 if down else -1)
        if not 0 <= place < len(siblings):
            raise Refused(_("It is the last of its level.") if down else _("It is the first."))
        other = siblings[place]
        first, then = (activity, other) if down else (other, activity)
        blocks = _block(rows, then) + _block(rows, first)
        orders = sorted(row.order for row in blocks)
        for row, order in zip(blocks, orders, strict=True):
            record.save(row, order=order)
        settle(record)


def _editing(activity: Activity, by, seen_version, what: str):
    told = {"code": activity.code, "name": activity.name}
    return plans.editing(activity.plan_id, by=by, seen_version=seen_version, what=what % told)


def _rows(plan: Plan) -> list[Activity]:
    return list(plan.activities.order_by("order"))


def _found(rows: list[Activity], activity: Activity) -> Activity:
    for row in rows:
        if row.pk == activity.pk:
            return row
    raise Refused(_("This activity has been deleted meanwhile."))


def _block(rows: list[Activity], top: Activity) -> list[Activity]:
    """The activity and all that is in it; they stand together."""
    inside = {top.pk}
    block = [top]
    for row in rows:
        if row.parent_id in inside:
            inside.add(row.pk)
            block.append(row)
    return block


def room_for(record: Record, parent: Activity | None, after: Activity | None) -> int:
    """A free place after `after` with all that is in it, or at the end of `parent`."""
    rows = _rows(record.plan)
    if after is not None:
        last = _block(rows, _found(rows, after))[-1]
    elif parent is not None:
        last = _block(rows, _found(rows, parent))[-1]
    else:
        last = rows[-1] if rows else None
    if last is None:
        return STEP
    place = rows.index(last)
    if place + 1 == len(rows):
        return last.order + STEP
    if rows[place + 1].order - last.order < 2:
        for number, row in enumerate(rows, 1):
            record.save(row, order=number * STEP)
    return (last.order + rows[place + 1].order) // 2


def settle(record: Record) -> None:
    """Depth, number in the outline, and who is a summary, as they follow from parents and order."""
    rows = _rows(record.plan)
    parents = {row.parent_id for row in rows}
    for row in rows:
        if row.pk in parents and row.kind != ActivityKind.SUMMARY:
            if row.kind == ActivityKind.GATE:
                raise Refused(_("A gate has nothing in it."))
            record.save(row, kind=ActivityKind.SUMMARY)
        elif row.pk not in parents and row.kind == ActivityKind.SUMMARY:
            kind = ActivityKind.TASK if row.minutes else ActivityKind.MILESTONE
            record.save(row, kind=kind)
    number(record.plan)


def numbered(rows: list[Activity]) -> list[tuple[int, int, str]]:
    """Key, depth and number in the outline ("2.1.3") of rows in their order."""
    place: dict[int | None, tuple[int, str]] = {None: (-1, "")}
    count: dict[int | None, int] = {}
    found = []
    for row in rows:
        depth, above = place[row.parent_id]
        count[row.parent_id] = count.get(row.parent_id, 0) + 1
        wbs = f"{above}{count[row.parent_id]}"
        place[row.pk] = depth + 1, f"{wbs}."
        found.append((row.pk, depth + 1, wbs[:60]))
    return found


def number(plan: Plan) -> None:
    """Write depths and numbers that changed, in one statement."""
    found = numbered(list(plan.activities.order_by("order").only("pk", "parent_id", "order")))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ipd_activity AS a SET depth = d.depth, wbs = d.wbs"
            " FROM unnest(%s::bigint[], %s::smallint[], %s::text[]) AS d (id, depth, wbs)"
            " WHERE a.id = d.id AND (a.depth, a.wbs) IS DISTINCT FROM (d.depth, d.wbs)",
            [list(column) for column in zip(*found, strict=True)] or [[], [], []],
        )
