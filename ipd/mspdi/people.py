"""Resources of a project file and what they are assigned to; splits show in their work by day."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.mspdi import values
from ipd.mspdi.words import ASSIGNMENT, ASSIGNMENT_KNOWN, RESOURCE, RESOURCE_KNOWN, RESOURCES
from ipd.mspdi.xml import children, rest, text

if TYPE_CHECKING:
    from ipd.mspdi.reading import File

LONGEST = 150
MOST_UNITS = 1_000_000


def read(root: Element, file: "File") -> None:
    names: dict[int, str] = {}
    for element in children(root, "Resources/Resource"):
        where = text(element, "Name") or text(element, "UID", "?")
        with file.faults.at(_("resource"), where) as at:
            uid = at.whole(element, "UID", -1)
            if uid in names:
                at.refuse("UID", str(uid), _("a number that no other resource has"))
            elif uid == 0 and not text(element, "Name"):
                names[uid] = ""  # the place of what nobody is assigned to
            elif uid >= 0 and not values.yes(text(element, "IsNull", "0")):
                names[uid] = _resource(element, file, at, uid)
    rows = {row["code"]: row for row in file.picture.activities}
    for element in children(root, "Assignments/Assignment"):
        with file.faults.at(_("assignment"), text(element, "UID", "?")) as at:
            _assignment(element, file, at, names, rows)


def _resource(element: Element, file: "File", at, uid: int) -> str:
    name = text(element, "Name") or _("Resource %(uid)s") % {"uid": uid}
    name = name[:LONGEST]
    if name in file.picture.resources:
        name = f"{name[: LONGEST - 12]} ({uid})"
    units = at.number(element, "MaxUnits")
    percent = 100 if units is None else round(units * 100)
    calendar = at.whole(element, "CalendarUID", -1)
    if calendar > 0 and calendar not in file.calendar_codes:
        at.refuse("CalendarUID", str(calendar), _("the UID of a calendar of this file"))
    kind = RESOURCES.get(at.whole(element, "Type", 1), "work")
    if values.yes(text(element, "IsCostResource", "0")):
        kind = "cost"
    extra = {"rest": rest(element, RESOURCE_KNOWN, RESOURCE)}
    if units is not None and units * 100 != percent:
        extra["units"] = str(units)
    file.picture.resources[name] = {
        "kind": kind,
        "calendar": file.calendar_codes.get(calendar),
        "max_units": min(max(0, percent), MOST_UNITS),
        "uid": uid,
        "email": text(element, "EmailAddress"),
        "extra": extra,
    }
    return name


def _assignment(element: Element, file: "File", at, names, rows) -> None:
    task, resource = at.whole(element, "TaskUID", -1), at.whole(element, "ResourceUID", -1)
    if task not in file.codes:
        if task > 0:
            at.refuse("TaskUID", str(task), _("the UID of a task of this file"))
        return
    if resource not in names and resource > 0:
        at.refuse("ResourceUID", str(resource), _("the UID of a resource of this file"))
        return
    row = rows[file.codes[task]]
    if not names.get(resource):
        return
    key = row["code"], names[resource]
    if key in file.picture.assignments:
        told = {"name": row["name"], "resource": key[1]}
        file.notes.append(_("%(name)s has %(resource)s assigned twice.") % told)
        return
    units = at.number(element, "Units")
    percent = 100 if units is None else round(units * 100)
    extra = {"rest": rest(element, ASSIGNMENT_KNOWN, ASSIGNMENT)}
    if units is not None and units * 100 != percent:
        extra["units"] = str(units)
    file.picture.assignments[key] = {
        "units": min(max(0, percent), MOST_UNITS),
        "work_minutes": at.minutes(element, "Work") or 0,
        "uid": at.whole(element, "UID", 0),
        "extra": extra,
    }
