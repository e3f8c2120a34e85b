"""How a product's chain performs in SCOR's terms: from the facts there are, or what is missing.

Deliveries to customers, inventory and cash are not kept here: where a KPI of the product's team
is read under the code in `KPIS`, that reading is shown, and elsewhere that nothing is measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from ipd.calculations.supply import headroom
from ipd.kernel.figures import shown_figure
from ipd.kernel.measures import Unit
from ipd.kernel.money import money
from ipd.models import Part, Product, Source, Supplier
from ipd.models.suppliers import SourceState
from ipd.queries import suppliers
from ipd.queries.supply_readiness import DemandLine
from teams.models import KpiReading

YEAR = 12
ON_TIME, PERFECT = "OTD", "PERFECT_ORDER"
# Code of a KPI → what it would be read from.
KPIS = {
    ON_TIME: lazy("order lines delivered in full by their day, of the lines due"),
    PERFECT: lazy("orders complete, on time, undamaged and documented, of all"),
    "ORDER_CYCLE": lazy("the days from order to delivery, of each order"),
    "SUPPLY_COST": lazy("the cost of planning, buying, making and delivering, of revenue"),
    "INV_TURNS": lazy("cost of goods sold and the average inventory"),
    "CASH_TO_CASH": lazy("inventory and receivable days less payable days"),
}


@dataclass(frozen=True)
class Ratio:
    """One ratio; without a figure nothing is measured, and `said` names what it needs."""

    attribute: str
    name: str
    figure: str
    said: str
    tone: str = "none"


def of(
    product: Product,
    parts: Sequence[Part],
    ahead: Sequence[DemandLine],
    accuracy: Decimal | None,
    *,
    granted: bool,
) -> list[Ratio]:
    """The ratios by attribute; `ahead` are the months to come, `accuracy` is in percent."""
    read = _readings(product)
    reliable, fast = _("Reliability"), _("Responsiveness")
    agile, cost, assets = _("Agility"), _("Cost"), _("Assets")

    def kpi(attribute: str, name: str, code: str) -> Ratio:
        return _of_kpi(attribute, name, code, read.get(code), granted=granted)

    return [
        kpi(reliable, _("On-time delivery"), ON_TIME),
        _perfect(kpi(reliable, _("Perfect order"), PERFECT), read),
        _of_suppliers(reliable, parts),
        _of_accuracy(reliable, accuracy),
        kpi(fast, _("Order cycle time"), "ORDER_CYCLE"),
        _of_lead_time(fast, parts),
        _of_headroom(agile, ahead),
        kpi(cost, _("Supply-chain cost"), "SUPPLY_COST"),
        _of_stock(assets, parts),
        kpi(assets, _("Inventory turns"), "INV_TURNS"),
        kpi(assets, _("Cash-to-cash"), "CASH_TO_CASH"),
    ]


def _readings(product: Product) -> dict[str, KpiReading]:
    """The newest reading with a figure, of each KPI of the product's team; by code."""
    rows = (
        KpiReading.objects.current()
        .with_figure()
        .filter(team=product.team_id, kpi__code__in=KPIS)
        .select_related("kpi")
        .order_by("kpi_id", "-month")
        .distinct("kpi_id")
    )
    return {row.kpi.code: row for row in rows}


def _of_kpi(attribute: str, name: str, code: str, row: KpiReading | None, *, granted) -> Ratio:
    if row is None:
        told = {"needs": KPIS[code], "code": code}
        return Ratio(attribute, name, "", _("needs %(needs)s; read as KPI %(code)s") % told)
    if row.kpi.has_amounts and not granted:
        figure = money(None, "", granted=False)
    else:
        figure = shown_figure(row.figure(), row.kpi.unit, granted=granted)
        figure = f"{figure} {row.kpi.unit_label}".strip()
    said = ngettext(
        "KPI %(code)s in %(month)s, %(n)s observation",
        "KPI %(code)s in %(month)s, %(n)s observations",
        row.n,
    )
    told = {"code": code, "month": f"{row.month:%Y-%m}", "n": row.n}
    return Ratio(attribute, name, figure, said % told, "info")


def _perfect(ratio: Ratio, read: dict[str, KpiReading]) -> Ratio:
    """A perfect order is on time as well: without a figure of its own it has an upper limit."""
    on_time = read.get(ON_TIME)
    if ratio.figure or on_time is None or on_time.kpi.unit != Unit.PERCENT:
        return ratio
    most = shown_figure(on_time.figure(), Unit.PERCENT, granted=False)
    said = _("at most %(most)s, since a perfect order is on time; %(needs)s")
    return Ratio(ratio.attribute, ratio.name, "", said % {"most": most, "needs": ratio.said})


def _of_suppliers(attribute: str, parts: Sequence[Part]) -> Ratio:
    """How many of the parts' approved suppliers deliver well, and who delivers worst."""
    name = _("Delivery of suppliers")
    approved = Source.objects.filter(
        supplier=OuterRef("pk"), state=SourceState.APPROVED, part__in=[part.pk for part in parts]
    )
    rows = (
        Supplier.objects.filter(Exists(approved))
        .annotate(score=Subquery(suppliers.NEWEST.values("delivery")[:1]))
        .exclude(score=None)
        .order_by("score", "name")
    )
    scored = list(rows.values_list("name", "score"))
    if not scored:
        return Ratio(attribute, name, "", _("needs scores of the suppliers of its parts"))
    worst, score = scored[0]
    good = sum(one >= suppliers.LOW for _name, one in scored)
    told = {"supplier": worst, "score": score, "low": suppliers.LOW}
    return Ratio(
        attribute,
        name,
        _("%(n)d of %(all)d suppliers") % {"n": good, "all": len(scored)},
        _("with a score of %(low)d or more; lowest %(supplier)s, %(score)d") % told,
        "on" if good == len(scored) else "off",
    )


def _of_accuracy(attribute: str, percent: Decimal | None) -> Ratio:
    name = _("Forecast accuracy")
    if percent is None:
        return Ratio(attribute, name, "", _("needs months of demand that have come"))
    figure = shown_figure(percent, Unit.PERCENT, granted=False)
    return Ratio(
        attribute, name, figure, _("1 − missed units ÷ units, of the months so far"), "info"
    )


def _of_lead_time(attribute: str, parts: Sequence[Part]) -> Ratio:
    name = _("Longest lead time of a part")
    known = [part for part in parts if part.lead_weeks is not None]
    if not known:
        return Ratio(attribute, name, "", _("needs lead times of its parts"))
    longest = max(known, key=lambda part: part.lead_weeks)
    told = {"weeks": f"{longest.lead_weeks.normalize():f}"}
    return Ratio(attribute, name, _("%(weeks)s weeks") % told, str(longest), "info")


def _of_headroom(attribute: str, ahead: Sequence[DemandLine]) -> Ratio:
    """What could be made above P50 in the fullest month, and whether P90 could be made."""
    name = _("Upside flexibility")
    known = [line.row for line in ahead[:YEAR] if line.row.p50 and line.row.capacity]
    if not known:
        return Ratio(attribute, name, "", _("needs months ahead with demand and capacity"))
    fullest = min(known, key=lambda row: headroom(row.p50, row.capacity))
    free = headroom(fullest.p50, fullest.capacity)
    beyond = sum(row.p90 > row.capacity for row in known)
    said = _("capacity above P50 in %(month)s, the fullest month; P90 fits in %(n)d of %(all)d")
    told = {"month": f"{fullest.month:%Y-%m}", "n": len(known) - beyond, "all": len(known)}
    tone = "off" if free < 0 else "risk" if beyond else "on"
    return Ratio(
        attribute, name, shown_figure(100 * free, Unit.PERCENT, granted=False), said % told, tone
    )


def _of_stock(attribute: str, parts: Sequence[Part]) -> Ratio:
    name = _("Days of supply of its parts")
    known = [part.tts_weeks for part in parts if part.tts_weeks is not None]
    if not known:
        return Ratio(attribute, name, "", _("needs stock and demand of its parts"))
    told = {"n": len(known), "all": len(parts)}
    return Ratio(
        attribute,
        name,
        _("%(days)d days") % {"days": round(7 * median(known))},
        _("median of %(n)d of %(all)d parts; stock and orders ÷ demand, or as entered") % told,
        "info",
    )
