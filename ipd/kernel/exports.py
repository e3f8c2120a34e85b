"""Files to take away: a header and rows as CSV or XLSX, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import xlsxwriter

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _cell(value) -> str:
    """A value as text that no spreadsheet takes for a formula; a number stays a number."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    guarded = isinstance(value, str) and text.startswith(FORMULA)
    return f"'{text}" if guarded else text


def as_csv(head: list[str], rows: Iterable[tuple]) -> bytes:
    """Marked as UTF-8, so that spreadsheets read it right."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(head: list[str], rows: Iterable[tuple]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, head, bold)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                match value:
                    case date():
                        sheet.write_datetime(place, column, value, day)
                    case Decimal() | int():
                        sheet.write_number(place, column, value)
                    case None:
                        continue
                    case _:
                        sheet.write_string(place, column, str(value))
    return data.getvalue()
