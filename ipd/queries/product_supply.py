"""One product's supply: readiness for its next gate, its parts with exposure, its demand."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from ipd.calculations.supply import forecast_accuracy
from ipd.kernel.charts import Mark, Series, lines
from ipd.kernel.days import today
from ipd.kernel.money import money
from ipd.models import Part, Product, SupplyAction
from ipd.models.parts import MODULES
from ipd.queries import exposures, supply_chain, supply_facts, supply_readiness
from ipd.queries.supply_readiness import DemandLine
from teams.models import Person

SHOWN = 40


@dataclass(frozen=True)
class PartLine:
    """A part of the product as its page shows it; the amount is the product's own exposure."""

    part: Part
    tone: str
    amount: str
    plans: list[SupplyAction]
    is_open: bool


def of(person: Person, product: Product, *, granted: bool) -> dict:
    """All that the product's supply page shows; money is read only when granted."""
    facts = supply_facts.overview(product.pk)
    months = supply_readiness.demand(product)
    first = today().replace(day=1)
    statements = {row.element: row for row in product.supply_statements.select_related("by")}
    ahead = [line for line in months if line.row.month >= first]
    weekly = _weekly(product) if granted else None
    rows = _rows(person, product, facts.ids or [])
    parts, modules, more = _parts(product, rows, weekly, granted=granted)
    accurate = accuracy(months)
    return {
        "facts": facts,
        "lines": supply_readiness.lines(product, facts, ahead, statements),
        "stage": supply_readiness.stage_name(product),
        "statements": statements,
        "parts": parts,
        "modules": modules,
        "more": more,
        "tops": [row for row in rows if row.top],
        "months": months[-24:],
        "chart": chart(product, months),
        "accuracy": accurate,
        "ratios": supply_chain.of(
            product,
            [row for row in rows if row.kind not in MODULES],
            ahead,
            accurate,
            granted=granted,
        ),
        "exposure": _amount(facts.weeks, weekly, granted=granted),
    }


def _weekly(product: Product) -> Decimal | None:
    rows = product.contributions.filter(from_on__lte=today()).order_by("-from_on")
    return rows.values_list("weekly", flat=True).first()


def _rows(person: Person, product: Product, ids: list[int]) -> list[Part]:
    """The parts, boards and assemblies that the reader sees, the most exposed first.

    `top` is the number of the line that puts one into the product itself, `pieces` how often.
    """
    line = product.tops.filter(part=OuterRef("pk"))
    rows = Part.objects.visible_to(person).filter(pk__in=ids)
    rows = rows.annotate(top=Subquery(line.values("pk")), pieces=Subquery(line.values("quantity")))
    exposed = F("gap_weeks").desc(nulls_last=True)
    return list(rows.order_by(exposed, F("approved_sources").asc(), "kind", "code"))


def _parts(product: Product, rows: list[Part], weekly, *, granted: bool):
    """The parts by what they put at risk, the modules, and how many parts are not shown."""
    ids = [row.pk for row in rows]
    actions: dict[int, list[SupplyAction]] = {}
    plans = SupplyAction.objects.filter(part__in=ids, product__in=[product.pk]).open()
    plans = plans | SupplyAction.objects.filter(part__in=ids, product=None).open()
    for action in plans.select_related("owner").order_by("due_on", "pk"):
        actions.setdefault(action.part_id, []).append(action)
    order = {"off": 0, "risk": 1, "none": 2, "on": 3}
    bought = sorted(
        (row for row in rows if row.kind not in MODULES),
        key=lambda row: (order[exposures.tone(row)], -(row.gap_weeks or 0), row.code),
    )
    shown = [
        PartLine(
            row,
            exposures.tone(row),
            _amount(row.gap_weeks, weekly, granted=granted),
            actions.get(row.pk, []),
            not any(action.owner_id for action in actions.get(row.pk, [])),
        )
        for row in bought[:SHOWN]
    ]
    modules = [row for row in rows if row.kind in MODULES]
    return shown, modules, max(0, len(bought) - SHOWN)


def _amount(weeks: Decimal | None, weekly: Decimal | None, *, granted: bool) -> str:
    """What so many weeks without parts cost the product; money. No week costs nothing."""
    if weekly is None and weeks == 0:
        weekly = Decimal(0)
    amount = None if weeks is None or weekly is None else weeks * weekly
    return money(amount, settings.CURRENCY, granted=granted)


def chart(product: Product, months: list[DemandLine]):
    """The range of demand, what came, and what can be made."""
    if not months:
        return ""
    rows = [line.row for line in months]
    names = {
        "p90": (_("P90"), True),
        "p50": (_("P50"), False),
        "p10": (_("P10"), True),
        "capacity": (_("Capacity"), False),
        "actual": (_("Actual"), False),
    }
    return lines(
        [
            Series(
                word,
                [(row.month, getattr(row, key)) for row in rows],
                dashed=dashed,
                steps=key == "capacity",
                dots=key == "actual",
            )
            for key, (word, dashed) in names.items()
            if any(getattr(row, key) is not None for row in rows)
        ],
        title=_("Demand of %(product)s") % {"product": product.code},
        about=_("Units by month: the range agreed, what came, and the capacity."),
        place=_("Month"),
        marks=[Mark(today(), _("Today"), "info")],
    )


def accuracy(months: list[DemandLine]) -> Decimal | None:
    """Forecast accuracy of the months that have come, in percent."""
    past = [line.row for line in months if line.row.actual is not None]
    found = forecast_accuracy([row.p50 for row in past], [row.actual for row in past])
    return None if found is None else round(100 * found, 1)
