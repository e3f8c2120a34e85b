"""Splits: stretches in which a task's work rests, as the assignments' work by day shows them.

The format has no word for a split: a task's duration leaves the rest out, its start and finish
take it in, and the work by day has a hole. All three have to agree before a pause is believed.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from ipd.calculations.working_time import WorkingTime, minute_of
from ipd.mspdi import values
from ipd.mspdi.xml import children, keep, text

if TYPE_CHECKING:
    from ipd.mspdi.reading import File

DONE, OPEN = "2", "1"


def read(root: Element, file: "File") -> None:
    """Put `pause_minutes` on the activities whose work rests in between."""
    worked: dict[str, list[tuple[int, int]]] = {}
    for element in children(root, "Assignments/Assignment"):
        try:
            uid = values.whole(text(element, "TaskUID", "-1"))
        except ValueError:
            continue
        if uid in file.codes:
            worked.setdefault(file.codes[uid], []).extend(_stretches(element))
    clocks: dict[str, WorkingTime] = {}
    for row in file.picture.activities:
        said = row["extra"]["file"]
        spans = worked.get(row["code"])
        if not spans or not said["start"] or not said["finish"] or row["is_elapsed"]:
            continue
        code = row["calendar"] or file.picture.plan.get("calendar")
        if code is None or row["is_manual"] or row["resume_at"] is not None:
            continue
        if code not in clocks:
            clocks[code] = _clock(file, code)
        row["pause_minutes"] = _pause(row, spans, clocks[code])
    _keep_days(root, file, {r["code"] for r in file.picture.activities if r["pause_minutes"]})


def _keep_days(root: Element, file: "File", split: set[str]) -> None:
    """The work by day of split tasks goes back into a file, or the split would be lost."""
    by_uid = {row["uid"]: row for key, row in file.picture.assignments.items() if key[0] in split}
    for element in children(root, "Assignments/Assignment") if by_uid else ():
        row = by_uid.get(values.whole(text(element, "UID", "0")))
        if row is not None:
            row["extra"]["rest"] += [keep(part) for part in children(element, "TimephasedData")]


def _clock(file: "File", code: str) -> WorkingTime:
    calendar = file.picture.calendars[code]
    differing = {
        day: hours
        for first, last, _name, hours in calendar["exceptions"]
        for day in range(first.toordinal(), last.toordinal() + 1)
    }
    return WorkingTime.of(calendar["hours"], differing)


def _pause(row: dict, spans: list[tuple[int, int]], clock: WorkingTime) -> int:
    """What the dates have more than the duration, when the work by day has the same hole."""
    first, last = (minute_of(values.moment(row["extra"]["file"][n])) for n in ("start", "finish"))
    longer = clock.between(first, last) - row["minutes"]
    if longer <= 0:
        return 0
    resting, reached = 0, first
    for start, end in sorted(spans):
        if start > reached:
            resting += clock.between(reached, start)
        reached = max(reached, end)
    return longer if resting == longer else 0


def _stretches(element: Element) -> list[tuple[int, int]]:
    found = []
    for part in children(element, "TimephasedData"):
        if text(part, "Type") not in {DONE, OPEN}:
            continue
        try:
            minutes = values.minutes(text(part, "Value", "PT0H0M0S"))
            start, end = (_minute(text(part, tag)) for tag in ("Start", "Finish"))
        except ValueError:
            continue
        if minutes:
            found.append((start, end))
    return found


def _minute(said: str) -> int:
    found: datetime = values.moment(said)
    return minute_of(found)
