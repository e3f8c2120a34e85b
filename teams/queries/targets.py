"""Targets and weights in force on a day: two queries, then asked as often as a page needs."""

from dataclasses import dataclass, field
from datetime import date

from teams.calculations.scoring import Scale
from teams.models import Kpi, KpiTarget, KpiWeight

EVERY_PHASE = ""


@dataclass(frozen=True)
class Targets:
    """What was in force on `day`.

    targets  by KPI and phase; a phase's own counts before the one for all phases
    weights  percent by phase and dimension
    """

    day: date
    targets: dict[tuple[int, str], KpiTarget] = field(default_factory=dict)
    weights: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, kpi: int, phase: str) -> KpiTarget | None:
        """The target of a KPI (its pk) in a phase; None where it is not due."""
        found = self.targets.get((kpi, phase)) or self.targets.get((kpi, EVERY_PHASE))
        return found if found and found.is_due else None

    def scale(self, kpi: int, phase: str) -> Scale | None:
        found = self.of(kpi, phase)
        return scale_of(found) if found else None

    def weight(self, phase: str, dimension: str) -> int:
        """What a dimension counts in a team's score, in percent; 0 where nothing says so."""
        return self.weights.get((phase, dimension), 0)

    def is_due(self, kpi: Kpi, phase: str) -> bool:
        """Whether a team whose product is in the phase has to have a reading of the KPI."""
        in_use = kpi.is_active and kpi.valid_from <= self.day
        return in_use and self.of(kpi.pk, phase) is not None


def scale_of(target: KpiTarget) -> Scale:
    return Scale(target.floor, target.target, target.stretch, target.centre)


def on(day: date) -> Targets:
    """The targets and weights in force on a day; two queries."""
    targets = (
        KpiTarget.objects.filter(valid_from__lte=day)
        .order_by("kpi_id", "phase", "-valid_from")
        .distinct("kpi_id", "phase")
    )
    weights = (
        KpiWeight.objects.filter(valid_from__lte=day)
        .order_by("phase", "dimension", "-valid_from")
        .distinct("phase", "dimension")
    )
    return Targets(
        day,
        {(target.kpi_id, target.phase): target for target in targets},
        {(weight.phase, weight.dimension): weight.percent for weight in weights},
    )
