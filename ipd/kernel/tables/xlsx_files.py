"""Reads an XLSX file: one sheet, no macros, no merged cells, and no more than fits."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from ipd.kernel.tables.problems import Problems

UNPACKED_LIMIT = 100 * 1024 * 1024
CELL_LIMIT = 5_000_000
MOST_NAMED = 100
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
# A cell that holds something: its place, when its element is not closed at once.
FILLED = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})"[^>]*?(?<!/)>'
)


def rows(data: bytes, file: str, table: str, problems: Problems) -> Iterator[tuple]:
    """Numbered rows of cells as text, the header first; blank rows are passed over."""
    reason, failed = scan(data)
    if reason:
        problems.add(file, accepted=reason)
        return
    for row, place in failed:
        accepted = _("a value; the formula of this cell fails")
        problems.add(file, row, value=place, accepted=accepted)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        name = _sheet(workbook, file, table, problems)
        sheet = workbook.get_sheet_by_name(name)
        merged = sheet.merged_cell_ranges or []
        found = [] if sheet.end is None else list(sheet.iter_rows())
    except Exception as error:
        problems.add(file, accepted=_("a workbook that opens (%(error)s)") % {"error": error})
        return
    for (top, left), (bottom, right) in merged[:MOST_NAMED]:
        cells = f"{_place(top, left)}:{_place(bottom, right)}"
        accepted = _("cells that are not merged: unmerge them and fill in each")
        problems.add(file, top + 1, value=cells, accepted=accepted)
    for number, cells in enumerate(found, 1):
        texts = [text_of(cell).strip() for cell in cells]
        if any(texts):
            yield number, texts


def scan(data: bytes) -> tuple[str, list[tuple[int, str]]]:
    """Why the workbook is not even opened, blank when it is; and the cells whose formula fails."""
    failed = []
    if data.startswith(OLD_OR_LOCKED):
        return _("an XLSX workbook without a password (this one is protected, or an old XLS)"), []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            entries = parts.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
                return _("a workbook of at most 100 MB unpacked"), []
            names = {entry.filename for entry in entries}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return _("a workbook without macros: save it as XLSX"), []
            if "[Content_Types].xml" not in names:
                return _("an XLSX workbook, or a CSV file"), []
            for entry in entries:
                is_sheet = entry.filename.startswith("xl/worksheets/")
                if is_sheet and _area(parts, entry, failed) > CELL_LIMIT:
                    return _("a sheet without cells far away from the table (see Ctrl-End)"), []
    except DAMAGED:
        return _("an XLSX workbook that opens (this one is damaged), or a CSV file"), []
    return "", failed[:MOST_NAMED]


def _area(parts: zipfile.ZipFile, entry: zipfile.ZipInfo, failed: list) -> int:
    """The rectangle that holds the sheet's filled cells; read by pieces, never whole."""
    widest = highest = unpacked = 0
    rest = b""
    with parts.open(entry) as source:
        while piece := source.read(1 << 20):
            unpacked += len(piece)
            if unpacked > UNPACKED_LIMIT:
                return CELL_LIMIT + 1  # it says less of itself than it holds
            text, cut = rest + piece, 0
            for cell in FILLED.finditer(text):
                column, row = cell["column"], int(cell["row"])
                highest = max(highest, row)
                widest = max(widest, _column_number(column))
                if b't="e"' in cell[0]:
                    failed.append((row, f"{column.decode()}{row}"))
                cut = cell.end()
            rest = text[max(cut, len(text) - 400) :]
    return widest * highest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _place(row: int, column: int) -> str:
    """A1 for the first cell."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _sheet(workbook, file: str, table: str, problems: Problems) -> str:
    """The sheet named as the table, or the only one; others that hold something are named."""
    names = workbook.sheet_names
    chosen = next((name for name in names if name.strip().lower() == table), names[0])
    for name in names:
        if name != chosen and workbook.get_sheet_by_name(name).end is not None:
            accepted = _("one sheet with the table; move others to files of their own")
            problems.add(file, value=name, accepted=accepted)
    return chosen


def text_of(cell) -> str:
    """A cell as a CSV file would hold it: days as ISO dates, whole numbers without a point.

    >>> text_of(40.0), text_of(datetime(2026, 11, 22)), text_of(True)
    ('40', '2026-11-22', 'yes')
    """
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            midnight = cell.time() == time(0)
            return cell.date().isoformat() if midnight else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case timedelta() | time():
            return str(cell)
        case None:
            return ""
    return str(cell)
