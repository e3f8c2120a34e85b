"""A project file becomes a picture of a plan; what is wrong with it is named task by task."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.mspdi import calendars, people, splits, tasks, values
from ipd.mspdi.faults import Faults
from ipd.mspdi.picture import Picture
from ipd.mspdi.words import MEANINGS, PROJECT, PROJECT_KNOWN
from ipd.mspdi.xml import Unreadable, children, parse, rest, text


@dataclass
class File:
    """What was read: the picture, what is wrong, and what is worth saying without being wrong.

    dates   by activity code, the start and finish that the file says, to hold ours against
    """

    picture: Picture = field(default_factory=Picture)
    faults: Faults = field(default_factory=Faults)
    notes: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    minutes_per_day: int = 480
    calendar_codes: dict[int, str] = field(default_factory=dict)


def read(data: bytes) -> File:
    """The file's plan and what is wrong with it; Unreadable when it is no project file."""
    root = parse(data)
    file = File()
    with file.faults.at(_("project"), "") as at:
        file.minutes_per_day = at.whole(root, "MinutesPerDay", 480, 1, 1440)
        found = calendars.read(root, file.faults)
        _calendars(root, file, found, at)
        _fields(root, file)
        tasks.read(root, file)
        people.read(root, file)
        _plan(root, file, at)
        if not file.faults:
            splits.read(root, file)
    if not file.faults and not file.picture.activities:
        raise Unreadable(_("The file has no tasks."))
    return file


def _calendars(root: Element, file: File, found: dict, at) -> None:
    """Codes are the calendars' names, made unique; every calendar of the file comes along."""
    taken: set[str] = set()
    for uid, calendar in found.items():
        code = calendar.name[:60] or str(uid)
        if code.casefold() in taken:
            code = f"{code[:48]} ({uid})"
        taken.add(code.casefold())
        file.calendar_codes[uid] = code
        week, differing = calendars.resolved(found, uid)
        if not any(week) and not any(hours for hours, _name in differing.values()):
            with file.faults.at(_("calendar"), calendar.name) as place:
                place.refuse("WeekDays", "", _("a calendar with some working time"))
        file.picture.calendars[code] = {
            "name": calendar.name,
            "hours": [[list(part) for part in hours] for hours in week],
            "country": "",
            "subdivision": "",
            "minutes_per_day": file.minutes_per_day,
            "uid": uid,
            "extra": calendars.kept(calendar),
            "exceptions": calendars.stretches(week, differing),
        }
    uid = at.whole(root, "CalendarUID", -1)
    if not found:
        code = "Standard"
        file.picture.calendars[code] = {
            "name": code,
            "hours": [[[480, 720], [780, 1020]]] * 5 + [[], []],
            "country": "",
            "subdivision": "",
            "minutes_per_day": file.minutes_per_day,
            "uid": None,
            "extra": {},
            "exceptions": [],
        }
        file.picture.plan["calendar"] = code
    elif uid in found:
        file.picture.plan["calendar"] = file.calendar_codes[uid]
    elif uid == -1:
        bases = [number for number, calendar in found.items() if calendar.base is None]
        file.picture.plan["calendar"] = file.calendar_codes[(bases or list(found))[0]]
    else:
        at.refuse("CalendarUID", str(uid), _("the UID of a calendar of this file"))


def _fields(root: Element, file: File) -> None:
    """The custom fields whose titles say what they mean here, by their numbers."""
    meanings = {title: meaning for meaning, titles in MEANINGS.items() for title in titles}
    for attribute in children(root, "ExtendedAttributes/ExtendedAttribute"):
        title = (text(attribute, "Alias") or text(attribute, "FieldName")).casefold()
        number = text(attribute, "FieldID")
        if title in meanings and number and meanings[title] not in file.fields.values():
            file.fields[number] = meanings[title]


def _plan(root: Element, file: File, at) -> None:
    from_start = values.yes(text(root, "ScheduleFromStart", "1"))
    start, finish = at.moment(root, "StartDate"), at.moment(root, "FinishDate")
    status = at.moment(root, "StatusDate")
    moment = start if from_start else finish
    if moment is None:
        starts = [dates[0 if from_start else 1] for dates in file.picture.plan.pop("dates")]
        known = [value for value in starts if value is not None]
        if known:
            moment = min(known) if from_start else max(known)
        else:
            at.refuse("StartDate" if from_start else "FinishDate", "", _("the project's date"))
    file.picture.plan.pop("dates", None)
    extra = file.picture.plan.pop("extra", {})
    extra |= {
        "rest": rest(root, PROJECT_KNOWN, PROJECT),
        "name": text(root, "Name"),
        "save_version": text(root, "SaveVersion"),
        "fields": file.fields,
        "critical_float": at.whole(root, "CriticalSlackLimit", 0, 0, 10_000) * file.minutes_per_day,
    }
    file.picture.plan |= {
        "starts_at": moment,
        "is_from_finish": not from_start,
        "status_on": status.date() if status else None,
        "moves_rest": False,
        "keeps_dates": values.yes(text(root, "HonorConstraints", "1")),
        "extra": extra,
    }
