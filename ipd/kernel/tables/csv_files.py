"""Reads a CSV file as spreadsheets really write it: any usual encoding, any usual separator."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ipd.kernel.tables.problems import Problems

SEPARATORS = ",;\t|"
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A double byte whose second is an ASCII letter: rare in Chinese, the rule in Western text.
LETTER_TRAIL = re.compile(rb"[\x81-\xfe][A-Za-z@\[\]^_`{|}]")
DOUBLE = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


def decode(data: bytes) -> str | None:
    """The text of UTF-8, UTF-16, UTF-32 or GB18030 bytes; None when it is none of them."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding)
    if (encoding := _without_mark(data[:4000])) and (text := _decoded(data, encoding)) is not None:
        return text
    if (text := _decoded(data, "utf-8")) is not None:
        return text
    if 5 * len(LETTER_TRAIL.findall(data)) > len(DOUBLE.findall(data)):
        return None  # Windows-1252 and its kin would pass as rare Chinese characters
    return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_mark(start: bytes) -> str:
    """UTF-16 without a byte-order mark shows as zeros in every other byte of its ASCII."""
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.3 * half and not start[0::2].count(0):
        return "utf-16-le"
    if half and start[0::2].count(0) > 0.3 * half and not start[1::2].count(0):
        return "utf-16-be"
    return ""


def rows(data: bytes, file: str, known: set[str], problems: Problems) -> Iterator[tuple]:
    """Numbered rows of cells, the header first; blank rows are passed over."""
    text = decode(data)
    if text is None:
        problems.add(file, accepted=_("text in UTF-8, UTF-16 or GB18030; save it as CSV UTF-8"))
        return
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        problems.add(file, row, accepted=_("text without NUL bytes; the file is damaged"))
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text, known)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1 and cells and cells[0].lower().startswith("sep="):
                continue
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        problems.add(
            file,
            number + 1,
            accepted=_("quotes that open and close round a cell, doubled inside it (%(error)s)")
            % {"error": error},
        )


def _separator(text: str, known: set[str]) -> str:
    """The one that makes the most known columns of the first line that holds anything."""
    lines = (line for line in text[:20_000].split("\n") if line.strip(" ,;\t|\"'"))
    header = next((line for line in lines if not line.lower().startswith("sep=")), "")

    def recognised(separator):
        names = {cell.strip(' "').lower() for cell in header.split(separator)}
        return len(names & known), header.count(separator)

    return max(SEPARATORS, key=recognised)
