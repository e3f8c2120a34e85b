"""From files to rows: which table a file is, its header, and every cell read by its column."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.tables import csv_files, xlsx_files
from ipd.kernel.tables.columns import Unreadable
from ipd.kernel.tables.company import Company
from ipd.kernel.tables.problems import Problems
from ipd.kernel.tables.register import document_of, documents, tables
from ipd.kernel.tables.table import ROW, Table, blank_of

FILE_LIMIT = 25 * 1024 * 1024
ROW_LIMIT = 200_000
ABOUT = "folder.toml"
IGNORED_ENDINGS = (".md", ".txt")
IGNORED_STARTS = (".", "~$")


@dataclass
class Folder:
    """The files of one import, by name, and the day their dates were written for, if any.

    `name` and `as_of` come from folder.toml, which only demonstrations have.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    name: str = ""
    as_of: date | None = None

    @property
    def hash(self) -> str:
        """SHA-256 over the names and bytes of all files: ties a confirmation to what was seen."""
        total = hashlib.sha256()
        for name in sorted(self.files):
            total.update(f"{name}\0{len(self.files[name])}\0".encode())
            total.update(self.files[name])
        return total.hexdigest()


def open_folder(path: Path) -> Folder:
    """The files that lie in a folder; refuses when there is none."""
    if not path.is_dir():
        raise Refused(_("There is no folder %(path)s.") % {"path": path})
    files, about = {}, {}
    for item in sorted(path.iterdir()):
        if item.name == ABOUT:
            about = _about(item)
        elif item.is_file() and not ignored(item.name):
            if item.stat().st_size > FILE_LIMIT:
                raise Refused(_("%(file)s is larger than 25 MB.") % {"file": item.name})
            files[item.name] = item.read_bytes()
    if not files:
        raise Refused(_("The folder %(path)s holds no CSV or XLSX files.") % {"path": path})
    return Folder(files, **about)


def _about(path: Path) -> dict:
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        told = {"file": path.name, "error": error}
        raise Refused(_("%(file)s cannot be read: %(error)s") % told) from error
    if type(about.get("as_of", date.min)) is not date:
        raise Refused(_("folder.toml: as_of has to be a date, as 2026-11-22 without quotes."))
    return {"name": str(about.get("name", "")), "as_of": about.get("as_of")}


def ignored(name: str) -> bool:
    return name.startswith(IGNORED_STARTS) or name.lower().endswith(IGNORED_ENDINGS)


def read(folder: Folder, shift: timedelta) -> Company:
    """Every file read into rows; what cannot be is named in the company's problems."""
    company = Company(shift=shift)
    for name, data in folder.files.items():
        if document := document_of(name):
            company.documents.setdefault(document.name, {})[name] = data
            continue
        stem, _dot, ending = name.rpartition(".")
        table = tables().get(stem.strip().lower())
        if reason := _unknown(table, ending.lower(), data):
            company.problems.add(name, accepted=reason)
        elif table.name in company.files:
            first = company.files[table.name]
            accepted = _("one file per table; %(first)s is here as well") % {"first": first}
            company.problems.add(name, accepted=accepted)
        else:
            company.files[table.name] = name
            before = company.problems.count
            _read_table(table, name, ending.lower(), data, company)
            if company.problems.count > before:
                company.incomplete.add(table.name)
    return company


def _unknown(table: Table | None, ending: str, data: bytes) -> str:
    if ending in {"xlsm", "xls", "xlsb", "ods"}:
        return _("a workbook without macros, saved as XLSX, or a CSV file")
    if table is None or ending not in {"csv", "xlsx"}:
        names = ", ".join([*tables(), *(document.shown for document in documents())])
        return _("a file named after a table, ending in .csv or .xlsx: %(names)s") % {
            "names": names
        }
    if len(data) > FILE_LIMIT:
        return _("a file of at most 25 MB")
    return "" if data.strip() else _("a file with at least a header; this one is empty")


def _read_table(table: Table, file: str, ending: str, data: bytes, company: Company) -> None:
    problems = company.problems
    if ending == "csv":
        found = csv_files.rows(data, file, set(table.by_name), problems)
    else:
        found = xlsx_files.rows(data, file, table.name, problems)
    before = problems.count
    header = next(found, None)
    if header is None:
        if problems.count == before:
            problems.add(file, accepted=_("a file with at least a header; this one is empty"))
        return
    names = _header(table, file, *header, problems)
    if names is None:
        return
    rows = company.rows[table.name] = []
    for count, (number, cells) in enumerate(found, 1):
        if count > ROW_LIMIT:
            problems.add(file, number, accepted=_("at most 200,000 rows in one file"))
            return
        row = _row(table, file, number, names, cells, company)
        if row is not None:
            rows.append(row)


def _header(table: Table, file, number, cells, problems: Problems) -> list[str] | None:
    """The columns in the file's order; None when the header cannot be used."""
    names = [cell.strip().lower().replace(" ", "_") for cell in cells]
    while names and not names[-1]:
        names.pop()
    before, known = problems.count, ", ".join(table.by_name)
    for place, name in enumerate(names):
        if name not in table.by_name:
            accepted = _("a column of this table: %(known)s") % {"known": known}
            problems.add(file, number, cells[place] or f"({place + 1})", cells[place], accepted)
        elif name in names[:place]:
            problems.add(file, number, name, name, _("each column once"))
    for column in table.columns:
        if column.name not in names and (column.required or column.name in table.key):
            problems.add(file, number, column.name, accepted=_("this column, which is missing"))
    return names if problems.count == before else None


def _row(table: Table, file, number, names, cells, company: Company):
    """One row's values; None when a cell cannot be read, each of which is named."""
    problems, before = company.problems, company.problems.count
    if len(cells) < len(names) or any(cells[len(names) :]):
        told = {"expected": len(names), "found": len(cells)}
        accepted = _("%(expected)s cells as in the header; here are %(found)s") % told
        problems.add(file, number, accepted=accepted)
        return None
    row = {name: blank_of(column) for name, column in table.by_name.items()} | {ROW: number}
    for name, text in zip(names, cells, strict=False):
        column = table.by_name[name]
        if not text:
            if column.required:
                problems.add(file, number, name, accepted=column.accepts)
            continue
        try:
            row[name] = column.read(text, company.shift)
        except Unreadable as error:
            problems.add(file, number, name, text, error)
    return row if problems.count == before else None
