"""The register of measures: each is defined once, where its facts live, and read everywhere.

A measure takes a set of products and a period, and gives one reading per product. Gate
criteria, contracts, KPIs and exports all read the same definition.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

from django.db.models import Aggregate, Count, Q, QuerySet


class Unit(StrEnum):
    """What the figure of a reading is; the unit says how it is shown."""

    PERCENT = "%"  # 100 · numerator ÷ denominator
    RATIO = "ratio"  # numerator ÷ denominator, as CPI
    COUNT = "count"
    DAYS = "days"  # working days
    DATE = "date"  # the ordinal of a day (date.toordinal)
    MONEY = "money"  # in the company's currency; needs the grant


class Status(StrEnum):
    """How far a reading can be relied on.

    `NOT_DUE` with nothing counted says that there is nothing yet that could have failed (no
    condition to close, no single source to plan for): a gate's criterion counts it as met.
    `MISSING` says that something should be there and is not.
    """

    MEASURED = "measured"
    ESTIMATED = "estimated"
    NOT_DUE = "not_due"
    MISSING = "missing"


@dataclass(frozen=True)
class Reading:
    """What was measured: `numerator` over `denominator`, from `n` observations.

    A plain figure (a count, a day, an amount) has the denominator 1. `as_of` is the day of the
    newest fact behind it, `detail` a sentence on what is counted or what is missing.
    """

    numerator: Decimal | int
    denominator: Decimal | int = 1
    n: int = 1
    status: Status = Status.MEASURED
    as_of: date | None = None
    detail: str = ""

    @property
    def ratio(self) -> Decimal | None:
        """Numerator over denominator; None, not zero, when there was nothing to measure.

        >>> Reading(22, 25, 25).ratio
        Decimal('0.88')
        >>> Reading(0, 0, 0).ratio is None
        True
        """
        if not self.denominator or self.status == Status.MISSING:
            return None
        return Decimal(self.numerator) / Decimal(self.denominator)


@dataclass(frozen=True)
class Measure:
    """`compute(product_ids, first, last)` gives {product id: Reading} for the period's days.

    A product that is left out has nothing to measure. `route` is the page, by the product's
    pk, that shows the rows behind the figure. `together` says how a set's figure comes about:
    "ratio" (of sums; never a mean of ratios), "sum", "median", "least" or "most". `looks_back`
    is how many days count when a reading is asked for as of a day alone. `of_events` is said of
    measures that count what happened in those days: a product that has ended since still counts.
    `amounts` says that numerator and denominator are amounts of money, whatever the figure is:
    they are shown to those who may see the money.
    """

    key: str
    label: str
    unit: Unit
    higher_is_better: bool
    compute: Callable[[Iterable[int], date, date], dict[int, Reading]]
    route: str = ""
    together: str = "ratio"
    looks_back: int = 365
    of_events: bool = False
    amounts: bool = False

    def on(self, product_ids: Iterable[int], day: date) -> dict[int, Reading]:
        """The readings as of a day, over the days that this measure looks back."""
        return self.compute(product_ids, day - timedelta(days=self.looks_back - 1), day)

    def figure(self, reading: Reading | None) -> Decimal | None:
        """The reading in the measure's unit; None when nothing was measured."""
        ratio = reading.ratio if reading is not None else None
        if ratio is None:
            return None
        return 100 * ratio if self.unit == Unit.PERCENT else ratio

    def of(self, product_ids: Iterable[int], first: date, last: date) -> Reading:
        """The reading of the set as a whole."""
        readings = [
            reading
            for reading in self.compute(product_ids, first, last).values()
            if reading.ratio is not None
        ]
        n = sum(reading.n for reading in readings)
        if not readings:
            return Reading(0, 0, 0)
        if self.together == "ratio":
            return Reading(
                sum(reading.numerator for reading in readings),
                sum(reading.denominator for reading in readings),
                n,
            )
        chosen = {"sum": sum, "median": median, "least": min, "most": max}[self.together]
        return Reading(chosen([reading.ratio for reading in readings]), 1, n)


def shares(
    rows: QuerySet, condition: Q, *, by: str = "product", newest: Aggregate | None = None
) -> dict[int, Reading]:
    """Of each product's rows those that fulfil the condition; one query.

    by      leads from a row to its product
    newest  the day of a product's newest fact
    """
    wanted = {"hits": Count("pk", filter=condition), "n": Count("pk")}
    if newest is not None:
        wanted["day"] = newest
    counted = rows.order_by().values_list(by).annotate(**wanted)
    return {
        product: Reading(hits, n, n, as_of=day[0] if day else None)
        for product, hits, n, *day in counted
    }


MEASURES: dict[str, Measure] = {}


def measure(
    *,
    key: str,
    label: str,
    unit: Unit = Unit.PERCENT,
    higher_is_better: bool = True,
    route: str = "",
    together: str = "ratio",
    looks_back: int = 365,
    of_events: bool = False,
    amounts: bool = False,
):
    """Register the decorated function as the one definition of `key`."""

    def register(compute):
        if key in MEASURES:
            raise ValueError(f"The measure {key} is defined twice.")
        MEASURES[key] = Measure(
            *(key, label, unit, higher_is_better, compute, route, together, looks_back),
            of_events=of_events,
            amounts=amounts,
        )
        return compute

    return register
