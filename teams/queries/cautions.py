"""Sentences beside figures that are easily misread: what the same facts say when asked otherwise.

A rule names the measure that a KPI reads and the measure of another KPI of the board; so it
holds whatever the two are called in a company's catalogue. No query: both have been read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from teams.calculations.scoring import Scale
from teams.models import Kpi
from teams.queries import figures
from teams.queries.points import Point
from teams.queries.tiles import counted

EFFICIENT = Decimal("0.95")  # below it, money was spent without its work


@dataclass(frozen=True)
class Read:
    """A KPI of the board with what stands, on its scale."""

    kpi: Kpi
    point: Point
    scale: Scale | None

    @property
    def shown(self) -> str:
        return figures.shown(self.kpi, self.point.figure, granted=True)

    @property
    def differs(self) -> Decimal:
        return figures.rounded(self.point.figure, self.kpi.places)


Rule = Callable[[Read, Read], str]


def _current_contract(own: Read, other: Read) -> str:
    if own.differs == other.differs:
        return ""
    return _("%(figure)s against the current contract; here against the original one.") % {
        "figure": other.shown
    }


def _original_contract(own: Read, other: Read) -> str:
    if own.differs == other.differs:
        return ""
    return _("%(figure)s against the original contract; here against the current one.") % {
        "figure": other.shown
    }


def _strict(own: Read, other: Read) -> str:
    if own.point.ratio == other.point.ratio:
        return ""
    return _("Without conditions: %(counted)s.") % {
        "counted": counted(other.kpi, other.point, granted=True)
    }


def _late_work(own: Read, other: Read) -> str:
    """Spending on budget means little where the work behind it is missing."""
    if figures.tone(own.point.figure, own.scale) != figures.ON or other.point.figure >= EFFICIENT:
        return ""
    return _("On budget because work is late: %(code)s is %(figure)s.") % {
        "code": other.kpi.code,
        "figure": other.shown,
    }


RULES: dict[tuple[str, str], Rule] = {
    ("schedule_deviation_original", "schedule_deviation_current"): _current_contract,
    ("eac_deviation_original", "eac_deviation"): _current_contract,
    ("eac_deviation", "eac_deviation_original"): _original_contract,
    ("cost_deviation_original", "cost_deviation_current"): _current_contract,
    ("cost_deviation_current", "cost_deviation_original"): _original_contract,
    ("cost_deviation_original", "cpi"): _late_work,
    ("cost_deviation_current", "cpi"): _late_work,
    ("gate_first_pass", "gate_first_pass_strict"): _strict,
}


def of_board(points: Mapping[Kpi, Point | None], scales: Mapping[Kpi, Scale | None]) -> dict:
    """By KPI the sentences that belong beside its figure."""
    read = {
        kpi.expression: Read(kpi, point, scales.get(kpi))
        for kpi, point in points.items()
        if kpi.expression and point is not None and point.figure is not None
    }
    found: dict[Kpi, list[str]] = {}
    for (own, other), rule in RULES.items():
        if own in read and other in read and (said := rule(read[own], read[other])):
            found.setdefault(read[own].kpi, []).append(said)
    return found
