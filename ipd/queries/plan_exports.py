"""A plan's rows as tables: the same columns that come in by the import folder."""

import csv
import io
from collections.abc import Iterator

import xlsxwriter

from ipd.calculations import plan_words
from ipd.models import Plan
from ipd.mspdi.picture import Row
from ipd.queries import plan_pictures

ACTIVITIES = (
    *("product", "code", "name", "parent", "kind", "duration", "optimistic", "pessimistic"),
    *("distribution", "function", "owner", "calendar", "effort", "percent", "actual_start"),
    *("actual_finish", "constraint", "constraint_on", "deadline", "gate", "group", "notes"),
)
LINKS = ("product", "predecessor", "successor", "kind", "lag")
RESOURCES = ("product", "name", "kind", "person", "calendar", "max_units")
ASSIGNMENTS = ("product", "activity", "resource", "units", "work")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(plan: Plan) -> bytes:
    """The activities, as activities.csv; marked as UTF-8 so that spreadsheets read it right."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(ACTIVITIES)
    for row in _activities(plan, plan_pictures.activities_of(plan)):
        writer.writerow([_safe(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(plan: Plan) -> bytes:
    """Activities, links, resources and assignments, a sheet each."""
    picture = plan_pictures.of(plan)
    product = plan.product.code
    sheets = {
        "activities": (ACTIVITIES, _activities(plan, picture.activities)),
        "links": (
            LINKS,
            ((product, a, b, kind, _lag(*lag)) for (a, b, kind), lag in picture.links.items()),
        ),
        "resources": (
            RESOURCES,
            (
                (product, name, row["kind"], row["person"], row["calendar"], row["max_units"])
                for name, row in picture.resources.items()
            ),
        ),
        "assignments": (
            ASSIGNMENTS,
            (
                (product, code, name, row["units"], _duration(row["work_minutes"]))
                for (code, name), row in picture.assignments.items()
            ),
        ),
    }
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for name, (columns, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, columns, bold)
            for number, row in enumerate(rows, 1):
                for place, value in enumerate(row):
                    sheet.write_string(number, place, "" if value is None else str(value))
    return data.getvalue()


def _activities(plan: Plan, rows: list[Row]) -> Iterator[tuple]:
    product = plan.product.code
    for row in rows:
        yield (
            *(product, row["code"], row["name"], row["parent"] or "", row["kind"]),
            "" if row["kind"] == "summary" else _duration(row["minutes"]),
            *(_duration(row["optimistic_minutes"]), _duration(row["pessimistic_minutes"])),
            *(row["distribution"], row["function"], row["owner"], row["calendar"] or ""),
            *(_duration(row["effort_minutes"]), row["percent"]),
            *(_day(row["actual_start_at"]), _day(row["actual_finish_at"]), row["constraint"]),
            *(_day(row["constraint_at"]), _day(row["deadline_at"])),
            *(row["gate"], row["group"], row["notes"]),
        )


def _day(moment) -> str:
    return "" if moment is None else moment.date().isoformat()


def _duration(minutes: int | None) -> str:
    return "" if minutes is None else plan_words.duration(minutes).replace(" ", "")


def _lag(lag: int, unit: str) -> str:
    return plan_words.link_text("", "fs", lag, unit).removeprefix("FS")


def _safe(value) -> str:
    """Text that a spreadsheet would run as a formula is written so that it does not."""
    said = "" if value is None else str(value)
    return f"'{said}" if said.startswith(DANGEROUS) else said
