"""A plan as tables: the same columns that come in, so that a file can be changed and returned."""

import copy
import csv
import io
from collections.abc import Iterator

import xlsxwriter

from ipd.kernel.tables.register import tables
from ipd.kernel.tables.table import Table
from ipd.models import Product

NAMES = ("activities", "links", "resources", "assignments")


def rows(table: Table, product: Product) -> Iterator[list[str]]:
    """The product's rows, written as its file would say them."""
    narrowed = copy.copy(table)
    path = table.by_name["product"].path.removesuffix("__code")
    narrowed.rows_of = lambda: table.rows_of().filter(**{path: product})
    found = [row for row in narrowed.stored() if row["product"] == product.code]
    found.sort(key=lambda row: (row.get("place") or 0, row["pk"]))
    for row in found:
        yield [column.show(row[column.name]) for column in table.columns]


def as_csv(name: str, product: Product) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    table, text = tables()[name], io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.by_name)
    writer.writerows([_harmless(value) for value in row] for row in rows(table, product))
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: str) -> str:
    """Text that a spreadsheet would run as a formula, marked as text; a lag stays what it is."""
    runs = value[:1] in ("=", "@", "\t", "\r") or (
        value[:1] in ("+", "-") and not value[1:2].isdigit()
    )
    return f"'{value}" if runs else value


def as_xlsx(name: str, product: Product) -> bytes:
    """Every cell as text, so that codes and dates stay what they are."""
    table, data = tables()[name], io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.columns) - 1, 16, text)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.name, bold)
        for number, row in enumerate(rows(table, product), start=1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, str(value))
    return data.getvalue()
