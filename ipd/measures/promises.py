"""Measures of what the outside was told and how the offer looks to it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Unit, measure, shares
from ipd.models import AppealsSheet, CustomerPromise, TradeOff


@measure(
    key="unbacked_promises",
    label=_("Promises to customers without a committed requirement"),
    unit=Unit.COUNT,
    higher_is_better=False,
    route="ipd:promises",
    together="sum",
)
def unbacked_promises(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Open promises that no committed initial requirement backs; n is all open ones."""
    products = list(product_ids)
    unbacked = CustomerPromise.objects.unbacked().filter(product__in=products)
    rows = (
        CustomerPromise.objects.open()
        .filter(product__in=products, promised_on__lte=last)
        .order_by()
        .values_list("product")
        .annotate(
            bare=Count("pk", filter=Q(pk__in=unbacked.values("pk"))),
            n=Count("pk"),
            as_of=Max("promised_on"),
        )
    )
    return {pk: Reading(bare, 1, n, as_of=as_of) for pk, bare, n, as_of in rows}


@measure(
    key="appeals_competitors",
    label=_("Competitors on the newest $APPEALS sheet"),
    unit=Unit.COUNT,
    route="ipd:appeals",
    together="least",
)
def appeals_competitors(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """How many competing offers the newest sheet scores; n is the customers behind its weights."""
    sheets = AppealsSheet.objects.filter(on__lte=last)
    newest = sheets.filter(product=OuterRef("product")).order_by("-on", "-pk").values("pk")[:1]
    rows = (
        sheets.filter(product__in=list(product_ids), pk=Subquery(newest))
        .order_by()
        .values_list("product", "customers", "on")
        .annotate(competitors=Count("offers", filter=Q(offers__is_own=False)))
    )
    return {pk: Reading(count, 1, customers, as_of=on) for pk, customers, on, count in rows}


@measure(
    key="trade_offs_in_time",
    label=_("Open trade-offs still in time"),
    route="ipd:trade-offs",
)
def trade_offs_in_time(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Of open trade-offs, those whose decision is not overdue on the period's last day."""
    rows = TradeOff.objects.open().filter(product__in=list(product_ids), raised_on__lte=last)
    return shares(rows, Q(decide_by__gte=last))
