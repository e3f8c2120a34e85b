"""What was spent on products that were cancelled after their contract."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, measure
from ipd.models import Contract
from ipd.models.products import ProductStatus
from ipd.queries import earned_value, money_facts
from teams.calculations.months import row_of

YEAR = 12  # months


@measure(
    key="rnd_waste",
    label=_("Cost of products cancelled after their contract"),
    higher_is_better=False,
    route="ipd:money",
    of_events=True,
    amounts=True,
)
def rnd_waste(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Of the year's cost up to the last closed month: that of contracts which were cancelled.

    A product that was cancelled in the period counts with all it cost since its contract was
    signed, whenever that was; what it cost before is learning. Others count with nothing.
    """
    ids, until = list(product_ids), earned_value.status_day(last)
    year = row_of(until.replace(day=1), YEAR)
    signed = _cancelled(ids, first, last)
    spent, sunk = dict.fromkeys(ids, Decimal(0)), dict.fromkeys(ids, Decimal(0))
    facts = money_facts.grouped(ids, ("product_id", "month"), last=until)
    for (product, month), sums in facts.items():
        if month in year:
            spent[product] += sums.actual
        if product in signed and month >= signed[product].replace(day=1):
            sunk[product] += sums.actual
    return {
        product: Reading(sunk[product], amount, as_of=until)
        for product, amount in spent.items()
        if amount > 0
    }


def _cancelled(ids: list[int], first: date, last: date) -> dict[int, date]:
    """When the contract was first signed of each product that was cancelled in the period."""
    rows = Contract.objects.filter(
        product__in=ids,
        product__status=ProductStatus.CANCELLED,
        signed_on__isnull=False,
        product__contracts__ended_on__range=(first, last),
    )
    return dict(
        rows.order_by("product", "version").distinct("product").values_list("product", "signed_on")
    )
