"""Tasks of a project file become activities: hierarchy, durations, constraints, progress, links."""

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ipd.mspdi import estimates, links, values
from ipd.mspdi.words import CONSTRAINTS, TASK, TASK_KNOWN
from ipd.mspdi.xml import children, rest, text

if TYPE_CHECKING:
    from ipd.mspdi.reading import File

LONGEST_NAME = 255
STANDS = ("Start", "Finish")


def read(root: Element, file: "File") -> None:
    """The activities in their order, the blank rows between them, their links and baselines."""
    blank, levels, seen, ids = [], [], {}, set()
    dates = file.picture.plan["dates"] = []
    elements: list[tuple[Element, dict]] = []
    for element in children(root, "Tasks/Task"):
        name = text(element, "Name")
        where = f"{text(element, 'UID', '?')} {name}".strip()
        with file.faults.at(_("task"), where) as at:
            uid = at.whole(element, "UID", -1, 0)
            if uid == -1:
                at.refuse("UID", text(element, "UID"), _("a number that no other task has"))
                continue
            if values.yes(text(element, "IsNull", "0")):
                blank.append([len(elements), rest(element, {"TimephasedData"})])
                continue
            level = at.whole(element, "OutlineLevel", 1, 0, 1000)
            if uid == 0 and (level == 0 or text(element, "OutlineNumber") == "0"):
                kept = rest(element, TASK_KNOWN - {"Name", "Notes"}, TASK)
                file.picture.plan["extra"] = {"project_task": kept}
                continue
            if uid in seen:
                at.refuse("UID", str(uid), _("a number that no other task has"))
                continue
            row = seen[uid] = _task(element, file, at, uid)
            code = row["code"] = _code(element, file, at, uid, ids)
            file.codes[uid] = code
            del levels[max(0, level - 1) :]
            row["parent"] = levels[-1] if levels else None
            levels.append(code)
            dates.append([at.moment(element, tag) for tag in STANDS])
            elements.append((element, row))
            file.picture.activities.append(row)
    _summaries(file)
    for element, row in elements:
        with file.faults.at(_("task"), f"{row['uid']} {row['name']}".strip()) as at:
            links.read(element, row, file, at)
            estimates.baselines(element, row, file, at)
    if blank:
        file.picture.plan.setdefault("extra", {})["blank"] = blank


def _summaries(file: "File") -> None:
    """Who has something in it is a summary, whatever the file calls it."""
    parents = {row["parent"] for row in file.picture.activities}
    for row in file.picture.activities:
        if row["code"] in parents:
            row["kind"] = "summary"
            row["gate"] = ""


def _code(element: Element, file: "File", at, uid: int, taken: set[str]) -> str:
    """The file's own code if it has such a field, else the row's number, else its UID."""
    for code in (
        estimates.field(element, file, "code"),
        text(element, "ID"),
        f"U{uid}",
    ):
        if code and len(code) <= 30 and code.casefold() not in taken:
            taken.add(code.casefold())
            return code
    at.refuse("UID", str(uid), _("a number that no other task has"))
    return f"U{uid}"


def _task(element: Element, file: "File", at, uid: int) -> dict:
    name = text(element, "Name") or _("(no name)")
    if len(name) > LONGEST_NAME:
        at.refuse("Name", name, _("at most 255 characters"))
    manual = values.yes(text(element, "Manual", "0"))
    active = values.yes(text(element, "Active", "1"))
    foreign = values.yes(text(element, "ExternalTask", "0"))
    inserted = values.yes(text(element, "IsSubproject", "0"))
    start, finish = at.moment(element, "Start"), at.moment(element, "Finish")
    if start is not None and finish is not None and finish < start:
        at.refuse("Finish", text(element, "Finish"), _("a moment on or after Start"))
    elapsed = at.whole(element, "DurationFormat", 7) in values.ELAPSED
    minutes = _minutes(element, at, start, finish)
    is_kept = manual or not active or foreign or inserted
    percent = at.whole(element, "PercentComplete", 0, 0, 100)
    milestone = text(element, "Milestone", "1" if minutes == 0 else "0")
    row = {
        "uid": uid,
        "name": name,
        "kind": "milestone" if values.yes(milestone) else "task",
        "minutes": minutes,
        "is_elapsed": elapsed,
        "effort_minutes": at.minutes(element, "Work") or 0,
        "percent": percent,
        "is_manual": manual,
        "is_active": active,
        "start_at": start if is_kept else None,
        "finish_at": finish if is_kept else None,
        "calendar": _calendar(element, file, at),
        "deadline_at": at.moment(element, "Deadline"),
        "delay_minutes": _delay(element, at),
        "pause_minutes": 0,
        "notes": text(element, "Notes"),
        "extra": _extra(element, file, foreign, inserted, start, finish),
    }
    row |= _constraint(element, at)
    row |= _progress(element, at, row, start, finish)
    row |= estimates.read(element, file, at, row)
    return row


def _minutes(element: Element, at, start, finish) -> int:
    """The duration; without one, a day, or nothing for what starts and ends at once."""
    found = at.minutes(element, "Duration", None)
    if found is None:
        found = at.minutes(element, "ManualDuration", None)
    if found is None:
        same = start is not None and start == finish
        found = 0 if same or values.yes(text(element, "Milestone", "0")) else 480
    return found


def _calendar(element: Element, file: "File", at) -> str | None:
    uid = at.whole(element, "CalendarUID", -1)
    if uid in {-1, 0} and uid not in file.calendar_codes:
        return None
    if uid not in file.calendar_codes:
        at.refuse("CalendarUID", str(uid), _("the UID of a calendar of this file"))
    return file.calendar_codes.get(uid)


def _delay(element: Element, at) -> int:
    """Levelling delay: tenths of minutes of the clock."""
    return round(at.whole(element, "LevelingDelay", 0, 0) / 10)


def _extra(element: Element, file: "File", foreign, inserted, start, finish) -> dict:
    known = TASK_KNOWN - {"ExtendedAttribute"}
    kept = [
        child
        for child in rest(element, known, TASK)
        if child[0] != "ExtendedAttribute" or estimates.number_of(child) not in file.fields
    ]
    extra = {
        "rest": kept,
        "type": text(element, "Type", "0"),
        "format": text(element, "DurationFormat", "7"),
        "file": {
            "start": start and values.said(start),
            "finish": finish and values.said(finish),
        },
    }
    if foreign:
        extra["external"] = True
    if inserted:
        extra["subproject"] = True
    if values.yes(text(element, "IgnoreResourceCalendar", "0")):
        extra["ignore_resource_calendar"] = True
    return extra


def _constraint(element: Element, at) -> dict:
    kind = CONSTRAINTS[at.whole(element, "ConstraintType", 0, 0, 7)]
    moment = at.moment(element, "ConstraintDate")
    if kind in {"asap", "alap"}:
        moment = None
    elif moment is None:
        at.refuse("ConstraintDate", text(element, "ConstraintDate"), _("the constraint's date"))
    return {"constraint": kind, "constraint_at": moment}


def _progress(element: Element, at, row: dict, start, finish) -> dict:
    began, ended = at.moment(element, "ActualStart"), at.moment(element, "ActualFinish")
    if row["percent"] and began is None:
        began = start
    if row["percent"] == 100 and ended is None:
        ended = finish
    if ended is not None and began is None:
        began = start or ended
    if ended is not None and began is not None and ended < began:
        at.refuse("ActualFinish", text(element, "ActualFinish"), _("on or after ActualStart"))
        ended = began
    stop, resume = at.moment(element, "Stop"), at.moment(element, "Resume")
    if began is None or ended is not None or (stop is not None and resume == stop):
        resume = None
    done = at.minutes(element, "ActualDuration", None)
    if resume is not None and done is not None:
        row["extra"]["done"] = [row["percent"], done]
    return {"actual_start_at": began, "actual_finish_at": ended, "resume_at": resume}
