"""Measures of supply: are parts approved, sources planned for, exposure and capacity in bounds."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, Status, Unit, measure
from ipd.models import ProductPart
from ipd.queries import supply_facts
from ipd.queries.supply_facts import NAMED, Share


def _readings(shares: dict[int, Share], sentence: str = "") -> dict[int, Reading]:
    """A reading for each share; the sentence names the parts that are missing."""
    return {
        product: Reading(share.good, share.all, share.all, detail=_detail(share, sentence))
        for product, share in shares.items()
    }


def _or_nothing_due(
    product_ids: Iterable[int], readings: dict[int, Reading], sentence: str
) -> dict[int, Reading]:
    """A product with parts, none of which is of the kind, has nothing that could be missing."""
    with_parts = ProductPart.objects.filter(product__in=list(product_ids))
    nothing = Reading(0, 0, 0, Status.NOT_DUE, detail=sentence)
    return dict.fromkeys(with_parts.values_list("product", flat=True), nothing) | readings


def _detail(share: Share, sentence: str) -> str:
    if not sentence or not share.missing:
        return ""
    more = share.all - share.good - NAMED
    codes = ", ".join(share.missing)
    if more > 0:
        codes = gettext("%(codes)s and %(more)d more") % {"codes": codes, "more": more}
    return sentence % {"codes": codes}


@measure(key="parts_approved", label=_("Parts approved"), route="ipd:supply")
def parts_approved(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Bought parts with the status approved, of all bought parts of the product, today."""
    return _readings(supply_facts.approved(product_ids), gettext("Not approved: %(codes)s"))


@measure(
    key="single_source_share",
    label=_("Single-source share"),
    higher_is_better=False,
    route="ipd:supply",
)
def single_source_share(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Bought parts with exactly one approved source, of all bought parts, today."""
    return _readings(supply_facts.single(product_ids))


@measure(key="single_source_planned", label=_("Single sources with a plan"), route="ipd:supply")
def single_source_planned(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Single-source parts with an open action that somebody owns, of all of them, today."""
    found = supply_facts.single_planned(product_ids)
    readings = _readings(found, gettext("Without an owned plan: %(codes)s"))
    return _or_nothing_due(product_ids, readings, gettext("No part has a single source."))


@measure(key="red_exposures_planned", label=_("Red exposures with a plan"), route="ipd:supply")
def red_exposures_planned(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """Parts missing before their supply is back (TTR > TTS) with an owned plan, of all such."""
    found = supply_facts.red_planned(product_ids)
    readings = _readings(found, gettext("Without an owned plan: %(codes)s"))
    return _or_nothing_due(product_ids, readings, gettext("No part is missing before it is back."))


@measure(key="make_buy_decided", label=_("Make or buy decided"), route="ipd:supply")
def make_buy_decided(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Boards and assemblies that are decided to be made or bought, of all of them."""
    return _readings(supply_facts.make_or_buy(product_ids), gettext("Undecided: %(codes)s"))


@measure(key="last_time_buys_sized", label=_("Last-time buys sized"), route="ipd:supply")
def last_time_buys_sized(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Parts in last-time buy with a kept quantity, of those that are not being designed out."""
    return _readings(supply_facts.last_buys(product_ids), gettext("Not sized: %(codes)s"))


@measure(
    key="supply_exposure",
    label=_("Supply exposure"),
    unit=Unit.MONEY,
    higher_is_better=False,
    route="ipd:supply",
    together="sum",
)
def supply_exposure(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Σ over parts of max(0, TTR − TTS) × the product's weekly contribution at the last day."""
    readings = {}
    for product, exposed in supply_facts.exposed(product_ids, last).items():
        if exposed.weekly is None:
            missing = gettext("No weekly contribution is known.")
            readings[product] = Reading(0, 0, 0, Status.MISSING, detail=missing)
        else:
            detail = gettext("%(red)d parts would be missing") % {"red": exposed.red}
            readings[product] = Reading(exposed.amount, 1, exposed.red, detail=detail)
    return readings


@measure(
    key="capacity_peak_utilisation",
    label=_("Capacity used at the peak"),
    higher_is_better=False,
    route="ipd:supply",
    together="most",
)
def capacity_peak_utilisation(
    product_ids: Iterable[int], first: date, last: date
) -> dict[int, Reading]:
    """P50 demand of the fullest of the first twelve planned months, of that month's capacity."""
    return {
        product: Reading(
            peak.p50,
            peak.capacity,
            1,
            Status.ESTIMATED,
            detail=f"{peak.month:%Y-%m}" + (f", {peak.bottleneck}" if peak.bottleneck else ""),
        )
        for product, peak in supply_facts.peaks(product_ids, last).items()
    }
