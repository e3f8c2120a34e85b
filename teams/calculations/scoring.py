"""Scores of KPIs and of teams: pure arithmetic. Formulas: domain reference §4.3 and §4.4."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

FULL, MOST = Decimal(100), Decimal(120)
ENOUGH = Decimal("0.70")  # of the weight has to be measured, or there is no score


@dataclass(frozen=True)
class Scale:
    """Floor, target and stretch in the KPI's unit; they rise when higher is better.

    centre  set when the figure shall be near it: the others are then distances from it
    """

    floor: Decimal
    target: Decimal
    stretch: Decimal
    centre: Decimal | None = None


def score(figure: Decimal, scale: Scale) -> Decimal:
    """0 up to the floor, 0…100 up to the target, 100…120 up to the stretch, 120 beyond.

    >>> score(Decimal(12), Scale(Decimal(20), Decimal(5), Decimal(0))).quantize(Decimal("0.01"))
    Decimal('53.33')
    >>> score(Decimal(88), Scale(Decimal(70), Decimal(85), Decimal(92))).quantize(Decimal("0.01"))
    Decimal('108.57')
    >>> score(Decimal(-4), Scale(Decimal(10), Decimal(2), Decimal(1), centre=Decimal(0)))
    Decimal('75')
    """
    value = figure if scale.centre is None else abs(figure - scale.centre)
    sign = 1 if scale.floor < scale.target else -1
    value, floor = sign * value, sign * scale.floor
    target, stretch = sign * scale.target, sign * scale.stretch
    if value <= floor:
        return Decimal(0)
    if value <= target:
        return FULL * (value - floor) / (target - floor)
    if value < stretch:
        return FULL + (MOST - FULL) * (value - target) / (stretch - target)
    return MOST if stretch > target else FULL


@dataclass(frozen=True)
class Scored:
    """One KPI in a team's score: its weight, and its score where it was measured.

    is_due  false for a KPI that nothing could be read of yet: it does not count as missing
    """

    weight: Decimal
    score: Decimal | None
    is_due: bool = True


@dataclass(frozen=True)
class TeamScore:
    """`figure` is None where too little of the weight was measured ("insufficient data")."""

    figure: Decimal | None
    measured: Decimal
    due: Decimal

    @property
    def share(self) -> Decimal:
        """The measured part of the weight that is due, 0…1."""
        return self.measured / self.due if self.due else Decimal(0)


def team_score(scored: Iterable[Scored]) -> TeamScore:
    """Σ weight · score ÷ Σ weight over what was measured; None below 70 % of the weight.

    >>> team_score([Scored(Decimal(70), Decimal(100)), Scored(Decimal(30), None)]).figure
    Decimal('100')
    >>> team_score([Scored(Decimal(69), Decimal(100)), Scored(Decimal(31), None)]).figure is None
    True
    """
    rows = [row for row in scored if row.is_due and row.weight > 0]
    due = sum((row.weight for row in rows), Decimal(0))
    with_score = [row for row in rows if row.score is not None]
    measured = sum((row.weight for row in with_score), Decimal(0))
    found = None
    if measured and measured >= ENOUGH * due:
        found = sum((row.weight * row.score for row in with_score), Decimal(0)) / measured
    return TeamScore(found, measured, due)
