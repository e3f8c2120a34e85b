"""Orders and costs: lists for a product's page, and what a stretch of months cost."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from ipd.kernel.keyset import Slice, falling
from ipd.models import Actual, Commitment, Product
from ipd.queries import money_facts

PAGE = 50


def months_before(day: date, count: int) -> date:
    """The first day of the month `count` months before the day's.

    >>> months_before(date(2026, 10, 31), 11)
    datetime.date(2025, 11, 1)
    """
    month = day.year * 12 + day.month - 1 - count
    return date(month // 12, month % 12 + 1, 1)


def over_months(product_ids: Iterable[int], last: date, *, months: int) -> dict[int, Decimal]:
    """What each product cost in so many months up to and with the last day's."""
    found = money_facts.grouped(product_ids, ("product_id", "month"), last=last)
    first, spent = months_before(last, months - 1), {}
    for (product, month), sums in found.items():
        if month >= first and sums.actual:
            spent[product] = spent.get(product, Decimal(0)) + sums.actual
    return spent


def commitments(product: Product, *, only_open: bool, after: str) -> Slice:
    """Orders with what was paid on each in its own currency, the newest first."""
    rows = Commitment.objects.filter(product=product).select_related("function", "phase", "by")
    if only_open:
        rows = rows.filter(closed_on=None)
    return falling(rows.annotate(paid=Sum("actuals__amount", default=0)), after=after, size=PAGE)


def actuals(product: Product, *, after: str) -> Slice:
    """Costs as they were booked, the newest posting first."""
    rows = Actual.objects.filter(product=product).select_related("function", "phase", "commitment")
    return falling(rows, after=after, size=PAGE)
