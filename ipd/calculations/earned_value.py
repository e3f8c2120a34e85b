"""Earned value: what work is worth that was planned, done and paid for, and where that leads.

All amounts are in one currency. What cannot be computed is None, never zero: no cost yet has no
cost performance, and a product without a budget has no estimate of what it will take.

>>> p05 = EarnedValue(bac=Decimal("12.8"), pv=Decimal("5.4"), ev=Decimal("4.6"), ac=Decimal("5.3"))
>>> p05.cv, p05.sv
(Decimal('-0.7'), Decimal('-0.8'))
>>> round(p05.cpi, 3), round(p05.spi, 3)
(Decimal('0.868'), Decimal('0.852'))
>>> round(p05.eac, 2), round(p05.vac, 2), round(p05.tcpi, 3)
(Decimal('14.75'), Decimal('-1.95'), Decimal('1.093'))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

PROGRESS_RULES = {
    "0_100": lambda percent: 100 if percent >= 100 else 0,
    "0_50_100": lambda percent: 100 if percent >= 100 else 50 if percent > 0 else 0,
    "milestones": lambda percent: percent,
}


def earned_percent(rule: str, percent: int) -> int:
    """How much of a package's value is earned by a reported percentage, in percent.

    >>> [earned_percent("0_100", percent) for percent in (0, 99, 100)]
    [0, 0, 100]
    >>> [earned_percent("0_50_100", percent) for percent in (0, 1, 99, 100)]
    [0, 50, 50, 100]
    >>> earned_percent("milestones", 35)
    35
    """
    return PROGRESS_RULES[rule](percent)


def ratio(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """One over the other; None where either is missing or the denominator is not positive.

    >>> ratio(Decimal(3), Decimal(0)) is None
    True
    """
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return numerator / denominator


@dataclass(frozen=True)
class EarnedValue:
    """The four figures everything follows from; None where nothing was planned or reported.

    bac  budget at completion         pv  planned value to date
    ev   earned value to date         ac  actual cost to date
    """

    bac: Decimal | None
    pv: Decimal | None
    ev: Decimal | None
    ac: Decimal | None

    @property
    def cv(self) -> Decimal | None:
        """Cost variance EV − AC; negative: dearer than planned."""
        return None if self.ev is None or self.ac is None else self.ev - self.ac

    @property
    def sv(self) -> Decimal | None:
        """Schedule variance EV − PV; negative: less done than planned."""
        return None if self.ev is None or self.pv is None else self.ev - self.pv

    @property
    def cpi(self) -> Decimal | None:
        """Cost performance EV ÷ AC; None before the first cost."""
        return ratio(self.ev, self.ac)

    @property
    def spi(self) -> Decimal | None:
        """Schedule performance EV ÷ PV; None before anything was planned to be done."""
        return ratio(self.ev, self.pv)

    @property
    def eac(self) -> Decimal | None:
        """Estimate at completion, when the rest costs as what was done: BAC ÷ CPI."""
        return ratio(self.bac, self.cpi)

    @property
    def eac_atypical(self) -> Decimal | None:
        """When what happened will not happen again: AC + (BAC − EV).

        >>> round(EarnedValue(*map(Decimal, ("12.8", "5.4", "4.6", "5.3"))).eac_atypical, 2)
        Decimal('13.50')
        """
        if self.bac is None or self.ev is None or self.ac is None:
            return None
        return self.ac + self.bac - self.ev

    @property
    def eac_pessimistic(self) -> Decimal | None:
        """When cost and delay both go on: AC + (BAC − EV) ÷ (CPI · SPI).

        >>> round(EarnedValue(*map(Decimal, ("12.8", "5.4", "4.6", "5.3"))).eac_pessimistic, 2)
        Decimal('16.39')
        """
        if self.bac is None or self.cpi is None or self.spi is None:
            return None
        rest = ratio(self.bac - self.ev, self.cpi * self.spi)
        return None if rest is None else self.ac + rest

    @property
    def vac(self) -> Decimal | None:
        """Variance at completion BAC − EAC; negative: more than was given."""
        return None if self.eac is None else self.bac - self.eac

    @property
    def etc(self) -> Decimal | None:
        """Estimate to complete EAC − AC."""
        return None if self.eac is None else self.eac - self.ac

    @property
    def is_exhausted(self) -> bool:
        """The whole budget is spent (AC ≥ BAC); there is no performance that would keep it.

        >>> spent = EarnedValue(*map(Decimal, ("17.2", "16.1", "13.6", "17.4")))
        >>> spent.is_exhausted, spent.tcpi
        (True, None)
        """
        return self.bac is not None and self.ac is not None and self.ac >= self.bac

    @property
    def tcpi(self) -> Decimal | None:
        """The performance the rest needs to keep the budget: (BAC − EV) ÷ (BAC − AC)."""
        if self.bac is None or self.ev is None or self.ac is None or self.is_exhausted:
            return None
        return (self.bac - self.ev) / (self.bac - self.ac)


def total(parts: Iterable[EarnedValue]) -> EarnedValue:
    """A portfolio: the sums, so that its ratios are ratios of sums and never means of ratios.

    Parts without earned value (nothing is measured there) count in no sum, so that cost is
    never set against work that is not in the figure.

    >>> both = total([EarnedValue(*map(Decimal, (10, 5, 4, 5))), EarnedValue(None, None, None, 2)])
    >>> both.bac, both.ac
    (Decimal('10'), Decimal('5'))
    """
    measured = [part for part in parts if part.ev is not None]

    def sum_of(name: str) -> Decimal | None:
        known = [getattr(part, name) for part in measured if getattr(part, name) is not None]
        return sum(known, Decimal(0)) if known else None

    return EarnedValue(*(sum_of(name) for name in ("bac", "pv", "ev", "ac")))
