"""What the money page of a product shows: where it stands, and how it came there."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ipd.calculations.earned_value import EarnedValue
from ipd.kernel.days import today
from ipd.models import Product
from ipd.models.money import MovementKind
from ipd.queries import earned_value, money_facts
from ipd.queries.money_facts import Sums

ZERO = Decimal(0)
FIRST_KINDS = {MovementKind.INITIAL, MovementKind.TRANCHE}


@dataclass(frozen=True)
class Point:
    """A month's end on the S-curve: planned, earned and actual up to there."""

    day: date
    planned: Decimal | None
    earned: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class Standing:
    """The product's money today (`sums`), and its earned value at the last closed month."""

    sums: Sums
    first_budget: Decimal
    until: date
    value: EarnedValue
    curve: list[Point]


def standing(product: Product) -> Standing:
    """Everything of the summary, in six queries."""
    found = money_facts.grouped([product.pk], ("month", "kind"))
    until = earned_value.status_day(today())
    value = earned_value.as_of([product.pk], until).get(product.pk)
    months: dict[date, Sums] = {}
    for (month, _kind), sums in found.items():
        months[month] = months.get(month, Sums()) + sums
    return Standing(
        sums=sum(months.values(), Sums()),
        first_budget=sum(
            (sums.budget for (_month, kind), sums in found.items() if kind in FIRST_KINDS), ZERO
        ),
        until=until,
        value=value or EarnedValue(None, None, None, None),
        curve=_curve(product, months, until),
    )


def _curve(product: Product, months: dict[date, Sums], until: date) -> list[Point]:
    """Cumulative figures at the end of each month that has any; what lies ahead is only planned."""
    used = sorted(month for month, sums in months.items() if sums.planned or sums.actual)
    if not used:
        return []
    first, last = used[0], max(used[-1], until.replace(day=1))
    earned = earned_value.by_month(product.pk, first, until)
    points, planned, actual = [], ZERO, ZERO
    month = first
    while month <= last:
        sums = months.get(month, Sums())
        planned, actual = planned + sums.planned, actual + sums.actual
        day = earned_value.end_of(month)
        past = day <= until
        points.append(
            Point(
                day,
                planned if any(one.planned for one in months.values()) else None,
                earned.get(month) if past else None,
                actual if past else None,
            )
        )
        month = (month + timedelta(days=32)).replace(day=1)
    return points
