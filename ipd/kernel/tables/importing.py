"""The import itself: read, check, compare, apply, in one transaction; all of it or nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ipd.kernel import days
from ipd.kernel.access import Stale
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry
from ipd.kernel.tables import files
from ipd.kernel.tables.columns import Reference
from ipd.kernel.tables.company import Change, Company
from ipd.kernel.tables.documents import Document, DocumentChange
from ipd.kernel.tables.problems import Problems
from ipd.kernel.tables.register import after, documents, in_order, tables
from ipd.kernel.tables.table import PK, ROW, Row, Table

IMPORT_LOCK = 7_310_002  # any number, the same for all importers
KIND = "import"
ROWS_TO_ANALYZE = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Tally:
    """What an import does to one table, or by the documents of one kind."""

    table: Table | Document
    added: int = 0
    unchanged: int = 0
    changes: list[Change | DocumentChange] = field(default_factory=list)

    @property
    def changed(self) -> int:
        return len(self.changes)


@dataclass
class Report:
    """What an import found and did. With problems it did nothing."""

    problems: Problems
    tallies: list[Tally] = field(default_factory=list)
    applied: bool = False
    shift_days: int = 0

    def total(self, what: str) -> int:
        return sum(getattr(tally, what) for tally in self.tallies)

    @property
    def is_change(self) -> bool:
        return bool(self.total("added") or self.total("changed"))

    @property
    def seen(self) -> str:
        """A hash of all that would be added and changed: what a confirmation agreed to."""
        facts = [
            [tally.table.name, tally.added, [[c.key, c.fields] for c in tally.changes]]
            for tally in self.tallies
        ]
        return ledger.entry_hash(
            previous="", sequence=0, at=EPOCH, actor_id=None, kind="", subject="", body=facts
        )


class Undone(Exception):
    """Rolls a dry run back."""


Progress = Callable[[float, str], None]


def untold(percent: float, step: str) -> None:
    """Nobody waits to hear how far it is."""


def run(
    folder: files.Folder,
    *,
    by=None,
    as_of: date | None = None,
    dry_run: bool = False,
    agreed: str = "",
    progress: Progress = untold,
) -> Report:
    """Bring the folder's tables in; a dry run does all of it, and takes it back.

    as_of   the day that the folder's own day is moved to, by whole weeks (today); only for
            folders that name such a day.
    agreed  what a person saw before they confirmed; Stale when it would be something else now.
    progress  is told the percentage and the step in words, and may raise to stop it all.
    """
    report = Report(Problems())
    try:
        with transaction.atomic():
            _apply(folder, report, by=by, as_of=as_of, progress=progress)
            if report.problems or dry_run:
                raise Undone
            if agreed and report.seen != agreed:
                raise Stale(
                    _("The data changed meanwhile: choose the files again to see what is new.")
                )
            report.applied = True
            _let_the_planner_know(report)
    except Undone:
        report.applied = False
    return report


def _let_the_planner_know(report: Report) -> None:
    """After many new rows: without statistics of them the next joins may take minutes."""
    if report.total("added") > ROWS_TO_ANALYZE:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _apply(folder: files.Folder, report: Report, *, by, as_of, progress: Progress) -> None:
    progress(0, _("Reading the files"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    shift = shift_of(folder, as_of)
    company = files.read(folder, shift)
    company.today = as_of or company.today
    report.problems, report.shift_days = company.problems, shift.days
    read = [table for table in tables().values() if table.name in company.rows]
    for table in read:
        _by_key(table, company)
    plans = {}
    for number, table in enumerate(read):
        progress(5 + 40 * number / len(read), _("Checking %(table)s") % {"table": table.title})
        plans[table.name] = compare(table, company)
    report.tallies = [tally for tally, _added in plans.values()]
    for document in documents():
        if document.name in company.documents:
            tally = Tally(document)
            document.compare(company.documents[document.name], company, tally)
            report.tallies.append(tally)
    if report.problems or not report.is_change:
        return
    steps = in_order()
    for number, item in enumerate(steps):
        if not isinstance(item, Table):
            item(company)
        elif item.name in plans:
            told = {"table": item.title}
            progress(45 + 45 * number / len(steps), _("Writing %(table)s") % told)
            _write(*plans[item.name], company)
        if report.problems:
            return
    progress(90, _("Following up on what changed"))
    for follow_up in after():
        follow_up(company)
    progress(99, _("Following up on what changed"))
    ledger.record(
        kind=KIND,
        subject=f"import:{folder.name or 'tables'}",
        body={
            "files": folder.hash,
            "folder": folder.name,
            "shift_days": shift.days,
            "tables": {t.table.name: [t.added, t.changed, t.unchanged] for t in report.tallies},
        },
        by=by,
    )


def shift_of(folder: files.Folder, as_of: date | None) -> timedelta:
    """How far the folder's dates are moved; a folder that came in before moves as it did then."""
    if folder.as_of is None:
        return timedelta(0)
    if as_of is None:
        before = LedgerEntry.objects.filter(kind=KIND, body__folder=folder.name or None).first()
        if before:
            return timedelta(days=before.body["shift_days"])
    weeks = ((as_of or days.today()) - folder.as_of).days // 7
    return timedelta(weeks=weeks)


def _by_key(table: Table, company: Company) -> None:
    """Complete the rows and put them under their keys; the second of two equals is named."""
    read = company.read[table.name] = {}
    for row in company.rows[table.name]:
        table.complete(row, company)
        key = table.key_of(row)
        if key not in read:
            read[key] = row
            continue
        shown = " · ".join("" if part is None else str(part) for part in key)
        accepted = _("each once; row %(row)s has the same") % {"row": read[key][ROW]}
        file = company.files[table.name]
        company.problems.add(file, row[ROW], ", ".join(table.key), shown, accepted)


def compare(table: Table, company: Company) -> tuple[Tally, list[Row]]:
    """What the file's rows are to the stored ones, once they have been checked."""
    rows = list(company.read[table.name].values())
    _check_references(table, rows, company)
    _check_unique(table, company)
    table.check(rows, company)
    tally, added, stored = Tally(table), [], company.stored(table.name)
    for row in rows:
        old = stored.get(table.key_of(row))
        if old is None:
            tally.added += 1
            added.append(row)
            continue
        row[PK] = old[PK]
        names = tuple(name for name in table.by_name if row[name] != old[name])
        fixed = table.fixed_for(old) if names else ""
        if fixed:
            for name in names:
                told = {"why": fixed, "old": table.by_name[name].show(old[name])}
                company.problem(table, row, name, _("%(why)s It stands as “%(old)s”.") % told)
        elif names:
            tally.changes.append(Change(table, old, row, names))
        else:
            tally.unchanged += 1
    return tally, added


def _check_references(table: Table, rows: list[Row], company: Company) -> None:
    for column in table.columns:
        if not isinstance(column, Reference) or column.to in company.incomplete:
            continue
        for row in rows:
            value = row[column.name]
            if value is not None and company.final(column.to, value) is None:
                told = {"accepts": column.accepts}
                company.problem(table, row, column.name, _("%(accepts)s; it is in none") % told)
    for parent in table.parents:
        if parent.to in company.incomplete:
            continue
        for row in rows:
            key = parent.key(row)
            if key and company.final(parent.to, *key) is None:
                company.problem(table, row, parent.by[-1], parent.accepts)


def _check_unique(table: Table, company: Company) -> None:
    for column in table.columns:
        if not column.unique:
            continue
        everything = company.all_final(table.name).values()
        values = Counter(str(row[column.name]).casefold() for row in everything)
        for row in company.read[table.name].values():
            if row[column.name] and values[str(row[column.name]).casefold()] > 1:
                company.problem(table, row, column.name, _("each once; another row has the same"))


def _write(tally: Tally, added: list[Row], company: Company) -> None:
    table = tally.table
    try:
        with transaction.atomic():
            if tally.changes:
                table.change(tally.changes, company)
                table.follow_up([change.new for change in tally.changes], company)
            if added:
                table.add(added, company)
                table.follow_up(added, company)
    except (IntegrityError, DataError) as error:
        told = {"rule": _rule(error)}
        accepted = _("rows that keep the rule “%(rule)s”") % told
        company.problems.add(company.files[table.name], accepted=accepted)


def _rule(error: Exception) -> str:
    """The database's rule in words: the constraint's name, or what a trigger said."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return name.replace("_", " ") if name else getattr(diagnosis, "message_primary", "") or ""
