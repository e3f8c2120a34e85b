"""The flows of a business case as a sheet, a column a year: typed, or pasted from a spreadsheet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ipd.actions.cases import Row
from ipd.models import CaseFlow
from ipd.models.cases import Scenario

LEAST_YEARS, MOST_YEARS = 8, 41
MOST_REGIONS = 12
LARGEST = Decimal("99999999999999.99")
OUT, IN = "out", "in"
PLAIN = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")


@dataclass
class Cell:
    """One amount as it was typed; `wrong` says why it cannot be read."""

    name: str
    text: str = ""
    value: Decimal = Decimal(0)
    wrong: str = ""


@dataclass
class SheetRow:
    """One scenario and region in one direction."""

    scenario: str
    region: str
    direction: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def label(self) -> str:
        said = {OUT: _("%(scenario)s, spent"), IN: _("%(scenario)s, earned")}[self.direction]
        label = said % {"scenario": Scenario(self.scenario).label}
        return f"{label}, {self.region}" if self.region else label


class FlowGrid:
    """Rows and cells of a sheet, bound to what was sent or showing what is stored."""

    def __init__(self, regions: Iterable[str], years: int):
        self.regions = list(regions)[:MOST_REGIONS]
        self.years = min(max(years, LEAST_YEARS), MOST_YEARS)
        self.rows = [
            self._row(scenario, region, direction)
            for scenario in Scenario.values
            for region in (["", *self.regions] if scenario == Scenario.BASE else [""])
            for direction in (OUT, IN)
        ]
        self.wrong: list[str] = []

    def _row(self, scenario: str, region: str, direction: str) -> SheetRow:
        place = self.regions.index(region) + 1 if region else 0
        name = f"flow-{scenario}-{place}-{direction}"
        cells = [Cell(f"{name}-{year}") for year in range(self.years)]
        return SheetRow(scenario, region, direction, cells)

    @classmethod
    def stored(cls, flows: Iterable[CaseFlow], *, years: int = 0) -> "FlowGrid":
        """The sheet of a case as it is kept; empty cells where nothing flows."""
        flows = list(flows)
        regions = sorted({f.region for f in flows if f.region and f.scenario == Scenario.BASE})
        grid = cls(regions, max([years, *(flow.year + 1 for flow in flows)]))
        rows = {(row.scenario, row.region, row.direction): row for row in grid.rows}
        for flow in flows:
            for direction, amount in ((OUT, flow.outflow), (IN, flow.inflow)):
                row = rows.get((flow.scenario, flow.region, direction))
                if row is not None and amount:
                    row.cells[flow.year].text = f"{amount.normalize():f}"
        return grid

    @classmethod
    def sent(cls, data: Mapping) -> "FlowGrid":
        """The sheet that somebody sent: its cells, or what was pasted instead."""
        regions = [r.strip() for r in data.getlist("region") if r.strip()]
        years = data.get("years", "")
        grid = cls(dict.fromkeys(regions), int(years) if years.isdecimal() else 0)
        if pasted := data.get("pasted", "").strip("\r\n"):
            grid._paste(pasted)
        else:
            for row in grid.rows:
                for cell in row.cells:
                    cell.text = data.get(cell.name, "").strip()
        for row in grid.rows:
            for cell in row.cells:
                grid._read(row, cell)
        return grid

    def _paste(self, text: str) -> None:
        """Lines in the order of the sheet's rows, cells by tabs or semicolons.

        Where one line begins with a word, all lines begin with a name.
        """
        lines = [re.split(r"[\t;]", line) for line in text.splitlines() if line.strip()]
        if len(lines) > len(self.rows):
            told = {"lines": len(lines), "rows": len(self.rows)}
            self.wrong.append(_("%(lines)s lines for %(rows)s rows of the sheet.") % told)
        if any(cells[0].strip() and not self._amount(cells[0]) for cells in lines):
            lines = [cells[1:] for cells in lines]
        for row, cells in zip(self.rows, lines, strict=False):
            if len(cells) > self.years:
                self.wrong.append(
                    ngettext(
                        "“%(row)s”: more cells than the sheet's %(years)s year.",
                        "“%(row)s”: more cells than the sheet's %(years)s years.",
                        self.years,
                    )
                    % {"row": row.label, "years": self.years}
                )
            for cell, value in zip(row.cells, cells, strict=False):
                cell.text = value.strip()

    @staticmethod
    def _amount(text: str) -> str:
        """Digits without the separators of thousands; empty when it is no amount."""
        plain = re.sub(r"[\s'’,\u00a0\u202f]", "", text)
        return plain if PLAIN.fullmatch(plain) else ""

    def _read(self, row: SheetRow, cell: Cell) -> None:
        if not cell.text:
            return
        try:
            cell.value = abs(Decimal(self._amount(cell.text)))
            if cell.value > LARGEST:
                raise InvalidOperation
        except InvalidOperation:
            cell.wrong = _("no amount")
            year = int(cell.name.rsplit("-", 1)[1])
            told = {"row": row.label, "year": year, "text": cell.text[:40]}
            self.wrong.append(_("“%(row)s”, year %(year)s: “%(text)s” is no amount.") % told)

    @property
    def is_valid(self) -> bool:
        return not self.wrong

    @property
    def heads(self) -> range:
        return range(self.years)

    def flows(self) -> list[Row]:
        """What is to be kept: years in which something flows."""
        pairs: dict[tuple[str, str], dict[str, SheetRow]] = {}
        for row in self.rows:
            pairs.setdefault((row.scenario, row.region), {})[row.direction] = row
        found = []
        for (scenario, region), rows in pairs.items():
            amounts = zip(rows[IN].cells, rows[OUT].cells, strict=True)
            found += [
                Row(scenario, year, earned.value, spent.value, region)
                for year, (earned, spent) in enumerate(amounts)
                if earned.value or spent.value
            ]
        return found
