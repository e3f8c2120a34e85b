"""Tasks, resources and assignments as elements of a project file, their parts in its order."""

from datetime import datetime
from decimal import Decimal

from ipd.mspdi import values
from ipd.mspdi.picture import Row
from ipd.mspdi.words import (
    ASSIGNMENT,
    CONSTRAINTS,
    LINKS,
    RESOURCE,
    RESOURCES,
    TASK,
    TIMES,
)
from ipd.mspdi.xml import Kept, in_order

KINDS = {kind: number for number, kind in LINKS.items()}
RESOURCE_KINDS = {kind: number for number, kind in RESOURCES.items()}
FORMATS = {"working": "7", "elapsed": "8", "percent": "19"}


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _moment(tag: str, moment: datetime | None) -> list[Kept]:
    return [] if moment is None else [[tag, values.said(moment)]]


def project_task(kept: list[Kept], name: str) -> Kept:
    """The row that stands for the whole project."""
    own = [["UID", "0"], ["ID", "0"], ["OutlineNumber", "0"], ["OutlineLevel", "0"]]
    present = {child[0] for child in kept}
    named = [] if "Name" in present else [["Name", name]]
    return ["Task", in_order([*own, *named, ["Summary", "1"], *kept], TASK)]


def blank(kept: list[Kept]) -> Kept:
    return ["Task", kept]


def task(
    row: Row,
    baselines: dict[int, Row],
    *,
    uid: int,
    number: int,
    place: tuple[int, str],
    links: list[tuple],
    calendars: dict[str, int],
    fields: dict[str, str],
    dates: tuple[datetime | None, datetime | None],
    computed: Row,
) -> Kept:
    extra, (start, finish) = row["extra"], dates
    began, ended = row["actual_start_at"], row["actual_finish_at"]
    percent_done = round(row["minutes"] * row["percent"] / 100)
    kept_done = extra.get("done")
    done = kept_done[1] if kept_done and kept_done[0] == row["percent"] else percent_done
    form = extra.get("format") or ("8" if row["is_elapsed"] else "7")
    parts: list[Kept] = [
        ["UID", str(uid)],
        ["ID", str(number)],
        ["Name", row["name"]],
        ["Active", _flag(row["is_active"])],
        ["Manual", _flag(row["is_manual"])],
        ["Type", extra.get("type", "0")],
        ["IsNull", "0"],
        ["OutlineNumber", place[1]],
        ["OutlineLevel", str(place[0])],
        *_moment("Start", start),
        *_moment("Finish", finish),
        ["Duration", values.duration(row["minutes"])],
        ["DurationFormat", form],
        ["Work", values.duration(row["effort_minutes"])],
        ["Milestone", _flag(row["kind"] in {"milestone", "gate"})],
        ["Summary", _flag(row["kind"] == "summary")],
        ["Critical", _flag(computed.get("is_critical", False))],
        ["IsSubproject", _flag(bool(extra.get("subproject")))],
        ["ExternalTask", _flag(bool(extra.get("external")))],
        ["PercentComplete", str(row["percent"])],
        *_moment("ActualStart", began),
        *_moment("ActualFinish", ended),
        ["ActualDuration", values.duration(row["minutes"] if ended else done)],
        ["RemainingDuration", values.duration(0 if ended else max(0, row["minutes"] - done))],
        ["ConstraintType", str(CONSTRAINTS.index(row["constraint"]))],
        *_moment("ConstraintDate", row["constraint_at"]),
        ["CalendarUID", str(calendars[row["calendar"]]) if row["calendar"] else "-1"],
        *_moment("Deadline", row["deadline_at"]),
        ["LevelingDelay", str(row["delay_minutes"] * 10)],
        ["LevelingDelayFormat", "8"],
        ["IgnoreResourceCalendar", _flag(bool(extra.get("ignore_resource_calendar")))],
        *([["Notes", row["notes"]]] if row["notes"] else []),
        *_moment("Resume", row["resume_at"]),
        *_manual(row, start, finish),
        *_computed(computed),
        *map(_link, links),
        *_values(row, fields),
        *_baselines(row, baselines),
    ]
    return ["Task", in_order([*parts, *extra.get("rest", [])], TASK)]


def _manual(row: Row, start, finish) -> list[Kept]:
    if not row["is_manual"]:
        return []
    return [
        *_moment("ManualStart", start),
        *_moment("ManualFinish", finish),
        ["ManualDuration", values.duration(row["minutes"])],
    ]


def _computed(computed: Row) -> list[Kept]:
    found = _moment("LateStart", computed.get("late_start_at"))
    found += _moment("LateFinish", computed.get("late_finish_at"))
    for tag, name in (("FreeSlack", "free_float_minutes"), ("TotalSlack", "total_float_minutes")):
        if computed.get(name) is not None:
            found.append([tag, str(computed[name] * 10)])
    return found


def _link(link: tuple) -> Kept:
    uid, kind, (lag, unit) = link
    return [
        "PredecessorLink",
        [
            ["PredecessorUID", str(uid)],
            ["Type", str(KINDS[kind])],
            ["CrossProject", "0"],
            ["LinkLag", str(lag if unit == "percent" else lag * 10)],
            ["LagFormat", FORMATS[unit]],
        ],
    ]


def _values(row: Row, fields: dict[str, str]) -> list[Kept]:
    said = row["extra"].get("said", {})
    found = []
    for meaning, field in fields.items():
        if meaning in TIMES:
            minutes = row[f"{meaning}_minutes"]
            value = "" if minutes is None else values.duration(minutes)
        elif meaning in {"owner", "function"}:
            value = row[meaning] or said.get(meaning, "")
        else:
            value = row[meaning]
        if not value or (meaning == "distribution" and value == "pert"):
            continue
        parts = [["FieldID", field], ["Value", value]]
        if meaning in TIMES:
            parts.append(["DurationFormat", "7"])
        found.append(["ExtendedAttribute", parts])
    return found


def _baselines(row: Row, baselines: dict[int, Row]) -> list[Kept]:
    found = []
    for number, baseline in baselines.items():
        kept = baseline["rows"].get(row["code"])
        if kept is None or number > 10:
            continue
        cost = kept["cost"]
        found.append(
            [
                "Baseline",
                [
                    ["Number", str(number)],
                    *_moment("Start", kept["start_at"]),
                    *_moment("Finish", kept["finish_at"]),
                    ["Duration", values.duration(kept["minutes"])],
                    ["DurationFormat", "7"],
                    ["Work", values.duration(kept["effort_minutes"])],
                    *([] if cost is None else [["Cost", _cents(cost)]]),
                ],
            ]
        )
    return found


def _cents(cost: Decimal) -> str:
    """Costs are in hundredths."""
    return str(round(cost * 100))


def resource(name: str, row: Row, calendars: dict[str, int], number: int) -> Kept:
    units = row["extra"].get("units") or str(Decimal(row["max_units"]) / 100)
    parts: list[Kept] = [
        ["UID", str(row["uid"] or number)],
        ["ID", str(number)],
        ["Name", name],
        ["Type", str(RESOURCE_KINDS.get(row["kind"], 1))],
        ["IsNull", "0"],
        ["MaxUnits", units],
        ["CalendarUID", str(calendars[row["calendar"]]) if row["calendar"] else "-1"],
        *([["IsCostResource", "1"]] if row["kind"] == "cost" else []),
    ]
    return ["Resource", in_order([*parts, *row["extra"].get("rest", [])], RESOURCE)]


def assignment(row: Row, *, uid: int, task: int, resource: int) -> Kept:
    units = row["extra"].get("units") or str(Decimal(row["units"]) / 100)
    parts: list[Kept] = [
        ["UID", str(uid)],
        ["TaskUID", str(task)],
        ["ResourceUID", str(resource)],
        ["Units", units],
        ["Work", values.duration(row["work_minutes"])],
    ]
    return ["Assignment", in_order([*parts, *row["extra"].get("rest", [])], ASSIGNMENT)]
