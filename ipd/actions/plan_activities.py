"""The activities of a picture become rows: changed, added and taken away, under their summaries."""

from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from ipd.actions import outline
from ipd.kernel.access import Refused
from ipd.models import Activity, Plan
from ipd.mspdi.picture import Picture, Row
from ipd.queries import networks, plan_pictures
from teams.models import Function, Person

BATCH = 1000


def put(done, stored: Picture, picture: Picture, calendars) -> dict[str, Activity]:
    """The plan's activities by code, as the picture has them."""
    plan = done.plan
    rows = list(plan.activities.all())
    by_uid = {row.uid: row for row in rows if row.uid is not None}
    by_code = {row.code: row for row in rows}
    old = {row["code"]: row for row in stored.activities}
    order = [row["code"] for row in stored.activities]
    people, functions = _ids(Person, picture, "owner"), _ids(Function, picture, "function")
    has_codes = "code" in picture.plan["extra"].get("fields", {}).values()
    found: dict[str, Activity] = {}
    used: set[int] = set()
    for row in picture.activities:
        same_uid, same_code = by_uid.get(row["uid"]), by_code.get(row["code"])
        if same_code is not None and not has_codes and None not in {same_code.uid, row["uid"]}:
            same_code = None  # a row's number in the file, which another task has now
        activity = (same_code or same_uid) if has_codes else (same_uid or same_code)
        if activity is not None and activity.pk not in used:
            used.add(activity.pk)
            found[row["code"]] = activity
    gone = [row.pk for row in rows if row.pk not in used]
    done.gone = len(gone)
    _delete(plan, gone)
    moved = [code for code in order if code in found] != [
        row["code"] for row in picture.activities if row["code"] in old
    ] or len(order) != len(picture.activities)
    changed: list[Activity] = []
    for number, row in enumerate(picture.activities, 1):
        activity = found.get(row["code"])
        is_new = activity is None
        if is_new:
            activity = found[row["code"]] = Activity(plan=plan)
            done.added += 1
        differs = is_new or old.get(activity.code) != row
        if not is_new and differs:
            done.changed += 1
        elif not is_new:
            done.same += 1
        if differs or moved:
            before = activity.code
            _fill(activity, row, calendars, people, functions)
            activity.order = number * outline.STEP
            if not is_new:
                changed.append(activity)
                if before != activity.code:
                    Activity.objects.filter(pk=activity.pk).update(code=f"~{activity.pk}")
    _save(picture, found, changed)
    return found


def _delete(plan: Plan, gone: list[int]) -> None:
    """What stays does not go with a summary that goes."""
    plan.activities.filter(parent__in=gone).exclude(pk__in=gone).update(parent=None)
    try:
        Activity.objects.filter(pk__in=gone).delete()
    except (ProtectedError, RestrictedError) as error:
        raise Refused(_("Something else still refers to an activity that would go.")) from error


def _ids(model, picture: Picture, field: str) -> dict[str, int | None]:
    codes = {row[field] for row in picture.activities} - {""}
    return {"": None} | dict(model.objects.filter(code__in=codes).values_list("code", "pk"))


def _fill(activity: Activity, row: Row, calendars, people, functions) -> None:
    for name in plan_pictures.ACTIVITY:
        setattr(activity, name, row[name])
    activity.calendar_id = calendars[row["calendar"]]
    activity.owner_id = people[row["owner"]]
    activity.function_id = functions[row["function"]]
    if networks.is_kept(activity):
        activity.start_at, activity.finish_at = row["start_at"], row["finish_at"]


def _save(picture: Picture, found: dict[str, Activity], changed: list[Activity]) -> None:
    """New rows come level by level, since they refer to their parents."""
    inside: dict[str | None, list[Row]] = {}
    for row in picture.activities:
        inside.setdefault(row["parent"], []).append(row)
    known = {row.pk for row in changed}
    moved: list[Activity] = []
    level = inside.get(None, [])
    while level:
        new = []
        for row in level:
            activity = found[row["code"]]
            before = activity.parent_id
            activity.parent = found[row["parent"]] if row["parent"] is not None else None
            if activity.pk is None:
                new.append(activity)
            elif activity.parent_id != before and activity.pk not in known:
                moved.append(activity)
        Activity.objects.bulk_create(new, batch_size=BATCH)
        level = [child for row in level for child in inside.get(row["code"], ())]
    fields = [
        *plan_pictures.ACTIVITY,
        *("parent", "calendar", "owner", "function", "order", "start_at", "finish_at"),
    ]
    Activity.objects.bulk_update(changed, fields, batch_size=BATCH // 4)
    Activity.objects.bulk_update(moved, ["parent"], batch_size=BATCH)
