"""The register of measures: each is defined once, where its facts live, and read everywhere.

A measure takes a set of products and a period, and gives one reading per product; what a
set as a whole scores is the ratio of sums, never a mean of ratios.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Reading:
    """What was measured: `numerator` of `denominator`, from `n` observations.

    `value` is None, not zero, when there was nothing to measure.
    """

    numerator: Decimal | int
    denominator: Decimal | int
    n: int

    @property
    def value(self) -> Decimal | None:
        """The ratio in percent.

        >>> Reading(22, 25, 25).value
        Decimal('88')
        >>> Reading(0, 0, 0).value is None
        True
        """
        if not self.denominator:
            return None
        return Decimal(100) * Decimal(self.numerator) / Decimal(self.denominator)


@dataclass(frozen=True)
class Measure:
    """`compute(product_ids, first, last)` gives {product id: Reading} for the period's days."""

    key: str
    label: str
    unit: str
    higher_is_better: bool
    compute: Callable[[Iterable[int], date, date], dict[int, Reading]]

    def of(self, product_ids: Iterable[int], first: date, last: date) -> Reading:
        """The reading of the set as a whole: the ratio of sums."""
        readings = self.compute(product_ids, first, last).values()
        return Reading(
            sum(reading.numerator for reading in readings),
            sum(reading.denominator for reading in readings),
            sum(reading.n for reading in readings),
        )


MEASURES: dict[str, Measure] = {}


def measure(*, key: str, label: str, unit: str = "%", higher_is_better: bool = True):
    """Register the decorated function as the one definition of `key`."""

    def register(compute):
        if key in MEASURES:
            raise ValueError(f"The measure {key} is defined twice.")
        MEASURES[key] = Measure(key, label, unit, higher_is_better, compute)
        return compute

    return register
