"""A picture becomes a project file: what came out of one goes back as it came, the rest is made."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree

from ipd.mspdi import values
from ipd.mspdi.picture import Picture, Row
from ipd.mspdi.rows import assignment, blank, project_task, resource, task
from ipd.mspdi.words import DURATIONS, MEANINGS, PROJECT, TEXTS, TIMES
from ipd.mspdi.xml import NAMESPACE, Kept, in_order, made

DEFAULTS = [["CurrencyCode", "EUR"], ["MinutesPerWeek", "2400"], ["DaysPerMonth", "20"]]
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(
    picture: Picture,
    *,
    name: str,
    dates: dict[str, tuple[datetime | None, datetime | None]],
    computed: dict[str, Row] | None = None,
) -> bytes:
    """The file's bytes.

    dates     start and finish of each activity by its code, as computed
    computed  by code, more of what was computed: is_critical, late_start_at, late_finish_at,
              total_float_minutes, free_float_minutes
    """
    extra = picture.plan["extra"]
    uids = calendar_uids(picture)
    fields = _fields(picture)
    starts = [start for start, _finish in dates.values() if start]
    finishes = [finish for _start, finish in dates.values() if finish]
    first, last = picture.plan["starts_at"], max(finishes, default=picture.plan["starts_at"])
    if picture.plan["is_from_finish"]:
        first, last = min(starts, default=first), first
    status = picture.plan["status_on"]
    calendar = picture.calendars[picture.plan["calendar"]]
    per_day = calendar["minutes_per_day"]
    parts: list[Kept] = [
        ["SaveVersion", extra.get("save_version") or "14"],
        ["Name", extra.get("name") or name],
        ["ScheduleFromStart", "0" if picture.plan["is_from_finish"] else "1"],
        ["StartDate", values.said(first)],
        ["FinishDate", values.said(last)],
        ["CriticalSlackLimit", str(extra.get("critical_float", 0) // per_day)],
        ["CalendarUID", str(uids[picture.plan["calendar"]])],
        ["MinutesPerDay", str(per_day)],
        ["HonorConstraints", "1" if picture.plan["keeps_dates"] else "0"],
        ["Calendars", [_calendar(code, row, uids) for code, row in picture.calendars.items()]],
        ["Tasks", list(_tasks(picture, uids, fields, dates, computed or {}))],
        ["Resources", [resource(n, r, uids, i) for i, (n, r) in _numbered(picture.resources)]],
        ["Assignments", list(_assignments(picture))],
    ]
    if status:
        parts.append(["StatusDate", f"{status.isoformat()}T17:00:00"])
    kept = _with_fields(extra.get("rest", []), fields, extra.get("fields", {}))
    present = {child[0] for child in kept}
    parts += [child for child in DEFAULTS if child[0] not in present]
    root = made(["Project", in_order([*kept, *parts], PROJECT)])
    root.set("xmlns", NAMESPACE)
    ElementTree.indent(root)
    return HEAD + ElementTree.tostring(root, encoding="utf-8") + b"\n"


def _numbered(rows: dict[str, Row]) -> Iterable:
    return enumerate(rows.items(), 1)


def calendar_uids(picture: Picture) -> dict[str, int]:
    """The calendars' own numbers, and new ones for those that never were in a file."""
    taken = {row["uid"] for row in picture.calendars.values() if row["uid"] is not None}
    found, following = {}, 1
    for code, row in picture.calendars.items():
        if row["uid"] is None:
            while following in taken:
                following += 1
            taken.add(following)
        found[code] = following if row["uid"] is None else row["uid"]
    return found


def _calendar(code: str, row: Row, uids: dict[str, int]) -> Kept:
    if "xml" in row["extra"]:
        return row["extra"]["xml"]
    days = [
        ["WeekDay", [["DayType", str(number)], *_hours(row["hours"][(number + 5) % 7])]]
        for number in range(1, 8)
    ]
    exceptions = [
        [
            "Exception",
            [
                ["EnteredByOccurrences", "0"],
                [
                    "TimePeriod",
                    [["FromDate", f"{first}T00:00:00"], ["ToDate", f"{last}T23:59:00"]],
                ],
                ["Occurrences", str((last - first).days + 1)],
                ["Name", name],
                ["Type", "1"],
                *_hours(hours),
            ],
        ]
        for first, last, name, hours in row["exceptions"]
    ]
    return [
        "Calendar",
        [
            ["UID", str(uids[code])],
            ["Name", row["name"]],
            ["IsBaseCalendar", "1"],
            ["BaseCalendarUID", "-1"],
            ["WeekDays", days],
            *([["Exceptions", exceptions]] if exceptions else []),
        ],
    ]


def _hours(hours) -> list[Kept]:
    if not hours:
        return [["DayWorking", "0"]]
    times = [
        ["WorkingTime", [["FromTime", values.clock(start)], ["ToTime", values.clock(end)]]]
        for start, end in hours
    ]
    return [["DayWorking", "1"], ["WorkingTimes", times]]


# Custom fields ------------------------------------------------------------------------------


def _fields(picture: Picture) -> dict[str, str]:
    """The field's number by meaning: the file's own, and free ones for what else is needed."""
    own = {meaning: number for number, meaning in picture.plan["extra"].get("fields", {}).items()}
    defined = {
        str(child[1]).strip()
        for kept in picture.plan["extra"].get("rest", [])
        if kept[0] == "ExtendedAttributes" and isinstance(kept[1], list)
        for attribute in kept[1]
        if isinstance(attribute[1], list)
        for child in attribute[1]
        if child[0] == "FieldID"
    }
    numbers = numbers_of(picture)
    for meaning in MEANINGS:
        needed = any(_has(row, numbers, meaning) for row in picture.activities)
        if meaning in own or not needed:
            continue
        choices = DURATIONS if meaning in TIMES else TEXTS
        taken = defined | set(own.values())
        free = [str(number) for number, _name in choices if str(number) not in taken]
        if free:
            own[meaning] = free[-1] if meaning == "pessimistic" and len(free) > 1 else free[0]
    return own


def _has(row: Row, numbers: dict[str, int], meaning: str) -> bool:
    if meaning == "code":
        return row["code"] != str(numbers[row["code"]])
    if meaning in TIMES:
        return row[f"{meaning}_minutes"] is not None
    if meaning == "distribution":
        return row["distribution"] != "pert"
    return bool(row[meaning])


def _with_fields(kept: list[Kept], fields: dict[str, str], known: dict) -> list[Kept]:
    """The definitions of custom fields, with those that were added."""
    names = {str(number): name for number, name in [*TEXTS, *DURATIONS]}
    added = [
        [
            "ExtendedAttribute",
            [
                ["FieldID", number],
                ["FieldName", names.get(number, "")],
                ["Alias", meaning.capitalize()],
            ],
        ]
        for meaning, number in fields.items()
        if number not in known
    ]
    if not added:
        return kept
    found = next((child for child in kept if child[0] == "ExtendedAttributes"), None)
    present = found[1] if found and isinstance(found[1], list) else []
    others = [child for child in kept if child[0] != "ExtendedAttributes"]
    return [*others, ["ExtendedAttributes", [*present, *added]]]


# Tasks --------------------------------------------------------------------------------------


def _tasks(picture: Picture, uids, fields, dates, computed) -> Iterable[Kept]:
    """The tasks in their order, the project's own first, blank rows where they stood."""
    extra = picture.plan["extra"]
    blanks: dict[int, list] = {}
    for place, kept in extra.get("blank", []):
        blanks.setdefault(place, []).append(kept)
    if "project_task" in extra:
        yield project_task(extra["project_task"], extra.get("name", ""))
    task_uids, links = uids_of(picture), {}
    for (before, after, kind), lag in picture.links.items():
        links.setdefault(after, []).append((task_uids[before], kind, lag))
    numbers, outline = numbers_of(picture), Outline()
    for place, row in enumerate(picture.activities):
        for kept in blanks.get(place, []):
            yield blank(kept)
        yield task(
            row,
            picture.baselines,
            uid=task_uids[row["code"]],
            number=numbers[row["code"]],
            place=outline.of(row),
            links=links.get(row["code"], []),
            calendars=uids,
            fields=fields,
            dates=dates.get(row["code"], (None, None)),
            computed=computed.get(row["code"], {}),
        )
    for place, found in blanks.items():
        for kept in found if place >= len(picture.activities) else ():
            yield blank(kept)


def numbers_of(picture: Picture) -> dict[str, int]:
    """Each activity's row in the file, blank rows counted."""
    blanks = [place for place, _kept in picture.plan["extra"].get("blank", [])]
    return {
        row["code"]: place + 1 + sum(blank <= place for blank in blanks)
        for place, row in enumerate(picture.activities)
    }


def uids_of(picture: Picture) -> dict[str, int]:
    """Each activity's number: the file's, and new ones above them."""
    top = max((row["uid"] or 0 for row in picture.activities), default=0)
    found, seen = {}, set()
    for row in picture.activities:
        uid = row["uid"]
        if uid is None or uid in seen:
            top += 1
            uid = top
        seen.add(uid)
        found[row["code"]] = uid
    return found


class Outline:
    """Level and number in the outline of rows as they come."""

    def __init__(self):
        self.known: dict[str | None, tuple[int, str]] = {None: (0, "")}
        self.count: dict[str | None, int] = {}

    def of(self, row: Row) -> tuple[int, str]:
        level, above = self.known[row["parent"]]
        self.count[row["parent"]] = self.count.get(row["parent"], 0) + 1
        number = f"{above}{self.count[row['parent']]}"
        self.known[row["code"]] = level + 1, f"{number}."
        return level + 1, number


def _assignments(picture: Picture) -> Iterable[Kept]:
    task_uids = uids_of(picture)
    top = max((row["uid"] or 0 for row in picture.assignments.values()), default=0)
    people = {name: row["uid"] or n for n, (name, row) in _numbered(picture.resources)}
    for (code, name), row in picture.assignments.items():
        uid = row["uid"]
        if uid is None:
            top += 1
            uid = top
        yield assignment(row, uid=uid, task=task_uids[code], resource=people[name])
