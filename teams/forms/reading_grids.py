"""A sheet of readings, KPIs by months: typed, or pasted from a spreadsheet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from teams.actions.readings import Entry, must_say_why
from teams.forms import reading_cells
from teams.forms.reading_cells import Unreadable, Written
from teams.models import Kpi, KpiReading
from teams.models.readings import Source

MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])(-01)?")
Found = Mapping[tuple[int, date], KpiReading]


@dataclass
class Cell:
    """What is written of one KPI in one month.

    seen       the reading that stood there when the sheet was drawn (its pk)
    meanwhile  what somebody else put there since
    """

    kpi: Kpi
    month: date
    reading: KpiReading | None = None
    text: str = ""
    seen: int | None = None
    wrong: str = ""
    meanwhile: str = ""

    @property
    def name(self) -> str:
        return f"{self.kpi.pk}-{self.month:%Y-%m}"

    @property
    def stored(self) -> str:
        return reading_cells.written(self.reading, self.kpi)

    @property
    def drawn(self) -> str:
        """What the sheet's reader sees there, to tell later what they wrote and what moved."""
        return f"{self.seen or ''}:{self.stored}"

    @property
    def is_changed(self) -> bool:
        return self.text != self.stored

    @property
    def is_kept(self) -> bool:
        """Whether a reading stands there, which has a page of its own."""
        return self.reading is not None and self.reading.pk is not None

    @property
    def tone(self) -> str:
        """Approved or computed, waiting for somebody to approve it, or without a figure."""
        if self.reading is None or self.reading.ratio is None:
            return "none"
        if self.reading.source == Source.COMPUTED or self.reading.approved_by_id:
            return "on"
        return "info" if self.reading.entered_by_id else "on"


@dataclass
class Row:
    """A KPI over the months of the sheet; `may_edit` where somebody may write."""

    kpi: Kpi
    cells: list[Cell]
    is_due: bool
    may_edit: bool


@dataclass
class Sheet:
    """Rows and cells, showing what is kept or bound to what was sent.

    closed  months in which everything that is written is a correction
    """

    months: list[date]
    rows: list[Row]
    closed: frozenset[date] = frozenset()
    note: str = ""
    pasted: str = ""
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def stored(
        cls, kpis: Iterable[Kpi], months: list[date], found: Found, *, due, may_edit, closed=()
    ) -> "Sheet":
        """The sheet as it is kept; `due(kpi)` and `may_edit(kpi)` are asked of each row."""
        rows = []
        for kpi in kpis:
            cells = [Cell(kpi, month, found.get((kpi.pk, month))) for month in months]
            for cell in cells:
                cell.text = cell.stored
                cell.seen = cell.reading.pk if cell.is_kept else None
            rows.append(Row(kpi, cells, due(kpi), may_edit(kpi)))
        return cls(months, rows, frozenset(closed))

    @property
    def editable(self) -> list[Row]:
        return [row for row in self.rows if row.may_edit]

    @property
    def is_valid(self) -> bool:
        return not self.wrong

    @property
    def moved(self) -> list[Cell]:
        """Cells that somebody wrote while somebody else did."""
        return [cell for row in self.rows for cell in row.cells if cell.meanwhile]

    @property
    def changed(self) -> int:
        return sum(cell.is_changed for row in self.rows for cell in row.cells)

    def bind(self, data: Mapping) -> None:
        """Take over what somebody wrote, and what they saw when they did.

        What moved since and was not touched by them stays as it stands now.
        """
        self.note = " ".join(data.get("note", "").split())[:300]
        for row in self.editable:
            for cell in row.cells:
                text = data.get(cell.name)
                if text is None:
                    continue
                seen, _colon, drawn = data.get(f"seen-{cell.name}", "").partition(":")
                seen = int(seen) if seen.isdecimal() and len(seen) < 19 else None
                if text.strip() == drawn:
                    continue
                cell.text = text.strip()[:60]
                if seen != cell.seen:
                    cell.meanwhile = cell.stored or _("nothing")

    def paste(self, text: str) -> None:
        """Put a pasted block into the cells: months above, codes or names in front, or neither.

        Without months the columns are the sheet's, without names the lines are its rows. What
        finds no place is named, and the block is kept.
        """
        self.pasted = text
        lines = [re.split(r"[\t;]", line) for line in text.splitlines() if line.strip("\t; ")]
        if not lines:
            return
        heads = [self._month(cell) for cell in lines[0]]
        columns: list[date | None] = list(self.months)
        led = any(self._row(line[0]) for line in lines) or (any(heads) and heads[0] is None)
        if any(heads):
            columns = heads[1:] if led else heads
            named = zip(lines[0][led:], columns, strict=True)
            strange = [text for text, month in named if text.strip() and month not in self.months]
            self.wrong += [_("“%(text)s” is no month of this sheet.") % _told(t) for t in strange]
            lines = lines[1:]
        for place, line in enumerate(lines):
            self._paste_line(place, line, columns, led=led)

    def _paste_line(self, place: int, line: list[str], columns: list, *, led: bool) -> None:
        rows = self.editable
        row = self._row(line[0]) if led else (rows[place] if place < len(rows) else None)
        if row is None:
            said = (
                _("“%(text)s” is no KPI that you enter here.")
                if led
                else _("“%(text)s”: more lines than the sheet has rows.")
            )
            self.wrong.append(said % _told(line[0]))
            return
        by_month = {cell.month: cell for cell in row.cells}
        values = line[1:] if led else line
        for text, month in zip(values, columns, strict=False):
            if text.strip() and month in by_month:
                by_month[month].text = text.strip()[:60]
        if any(text.strip() for text in values[len(columns) :]):
            told = {"kpi": row.kpi.code}
            self.wrong.append(_("%(kpi)s: more cells than the sheet has months.") % told)

    def _row(self, text: str) -> Row | None:
        word = text.strip().casefold()
        names = ((row, (row.kpi.code.casefold(), row.kpi.name.casefold())) for row in self.editable)
        return next((row for row, known in names if word and word in known), None)

    @staticmethod
    def _month(text: str) -> date | None:
        found = MONTH.fullmatch(text.strip())
        return date(int(found["year"]), int(found["month"]), 1) if found else None

    def entries(self) -> list[Entry]:
        """What is written anew; every cell that cannot be read is named."""
        made = []
        for row in self.editable:
            for cell in row.cells:
                if not cell.is_changed:
                    continue
                written = self._read(cell)
                if written is not None and not _says(cell.reading, written):
                    made.append(self._entry(cell, written))
        return made

    def _read(self, cell: Cell) -> Written | None:
        try:
            if not cell.text:
                raise Unreadable(_("A reading is not removed: write ? where it is missing."))
            written = reading_cells.read(cell.text, cell.kpi)
        except Unreadable as error:
            cell.wrong = str(error)
        else:
            stood = cell.reading if cell.is_kept else None
            closed = cell.month in self.closed
            if self.note or not must_say_why(cell.kpi, stood, is_closed=closed):
                return written
            cell.wrong = _("Others rely on it already: say below why it is corrected.")
        told = {"kpi": cell.kpi.code, "month": f"{cell.month:%Y-%m}", "wrong": cell.wrong}
        self.wrong.append(_("%(kpi)s, %(month)s: %(wrong)s") % told)
        return None

    def _entry(self, cell: Cell, written: Written) -> Entry:
        return Entry(
            kpi=cell.kpi.pk,
            month=cell.month,
            numerator=written.numerator,
            denominator=written.denominator,
            n=written.n,
            status=written.status,
            note=self.note,
            seen=cell.seen,
        )


def _told(text: str) -> dict[str, str]:
    return {"text": text.strip()[:40]}


def _says(reading: KpiReading | None, written: Written) -> bool:
    """Whether the reading says the same, however it was written."""
    if reading is None or reading.pk is None:
        return False
    mine = (written.status, written.numerator, written.denominator, written.n)
    return mine == (reading.status, reading.numerator, reading.denominator, reading.n)
