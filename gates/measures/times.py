"""How long things take: from the charter to the market, from the pack to a decision."""

from collections.abc import Iterable
from datetime import date
from statistics import median

from django.utils.translation import gettext_lazy as _

from gates.models import Review
from ipd.kernel.measures import Reading, Status, Unit, measure
from ipd.queries.releases import released


@measure(
    key="time_to_market",
    of_events=True,
    label=_("Charter to general availability"),
    unit=Unit.COUNT,
    higher_is_better=False,
    route="ipd:product",
    together="median",
)
def time_to_market(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Calendar days from the first gate that was passed to a general availability in the period.

    A product on its way has nothing due yet; one whose beginning nobody recorded is left out.
    """
    ids = list(product_ids)
    starts = dict(
        Review.objects.real()
        .held()
        .filter(product__in=ids, gate__feeds=None, outcome__advances=True, held_on__lte=last)
        .order_by("product", "held_on")
        .distinct("product")
        .values_list("product", "held_on")
    )
    reached = released(starts, last)
    return {
        product: Reading(0, 0, 0, Status.NOT_DUE, as_of=last)
        if product not in reached
        else Reading((reached[product] - start).days, as_of=reached[product])
        for product, start in starts.items()
        if reached.get(product, last) >= first
    }


@measure(
    key="decision_latency",
    of_events=True,
    label=_("Complete pack to decision"),
    unit=Unit.COUNT,
    higher_is_better=False,
    route="ipd:product",
    together="median",
)
def decision_latency(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Median calendar days from the locked pack to the signed decision, of the period's."""
    rows = (
        Review.objects.real()
        .held()
        .filter(
            product__in=list(product_ids), held_on__range=(first, last), locked_at__isnull=False
        )
        .values_list("product", "locked_at", "decided_at")
    )
    days: dict[int, list[int]] = {}
    for product, locked_at, decided_at in rows:
        days.setdefault(product, []).append((decided_at - locked_at).days)
    return {product: Reading(median(found), 1, len(found)) for product, found in days.items()}
