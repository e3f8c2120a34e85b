"""Requirements as a file: the list as it is filtered, in the shape in which it comes in again."""

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.db.models import QuerySet

from ipd.kernel.tables.table import ModelTable

MOST_ROWS = 200_000


def lines(table: ModelTable, rows: QuerySet) -> Iterator[list[str]]:
    """The header and the rows of a table, each cell as a file would write it."""
    yield list(table.by_name)
    columns = list(table.by_name.values())
    paths = [column.path or column.name for column in columns]
    found = rows.order_by("code").values_list(*paths)[:MOST_ROWS]
    for values in found.iterator(chunk_size=5000):
        yield [column.show(value) for column, value in zip(columns, values, strict=True)]


def as_csv(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """A CSV file piece by piece, marked as UTF-8 so that spreadsheets read it right."""
    yield b"\xef\xbb\xbf"
    for row in rows:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerow(row)
        yield text.getvalue().encode()


def as_xlsx(rows: Iterator[list[str]], name: str) -> bytes:
    """A workbook of one sheet; every cell is text, so that no code becomes a number."""
    data = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value)
    return data.getvalue()
