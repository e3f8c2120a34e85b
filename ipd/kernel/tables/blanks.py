"""Blank files of a table, made from its description: to fill in, and bring in again."""

import csv
import io

import xlsxwriter

from ipd.kernel.tables.columns import Choice, Column, Day, Whole, YesNo
from ipd.kernel.tables.table import Table

ROWS = 5000  # so far down the cells check themselves
LONGEST_LIST = 255  # characters, Excel's limit for a list in a cell's check


def as_csv(table: Table) -> bytes:
    """The header alone, marked as UTF-8 so that spreadsheets read it right."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(table.by_name)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """The header with a note on each column; cells offer their choices and refuse the rest."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet(table.name)
        bold = book.add_format({"bold": True, "bottom": 1})
        italic = book.add_format({"bold": True, "italic": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.name, bold if column.required else italic)
            sheet.write_comment(0, place, note(column), {"x_scale": 2})
            plain = isinstance(column, Whole)
            form = day if isinstance(column, Day) else None if plain else text
            sheet.set_column(place, place, max(12, len(column.name) + 2), form)
            if check := _check(column):
                sheet.data_validation(1, place, ROWS, place, check)
    return data.getvalue()


def note(column: Column) -> str:
    """What to put into the column, in a sentence or two."""
    said = [str(column.help)] if column.help else []
    accepts = str(column.accepts)
    said.append(f"{accepts[:1].upper()}{accepts[1:]}.")
    return " ".join(said)


def _check(column: Column) -> dict | None:
    match column:
        case Choice() if len(",".join(column.choices)) <= LONGEST_LIST:
            return {"validate": "list", "source": list(column.choices)}
        case YesNo():
            return {"validate": "list", "source": ["yes", "no"]}
        case Whole():
            return {
                "validate": "integer",
                "criteria": "between",
                "minimum": column.lowest,
                "maximum": column.highest,
            }
    return None
