"""What supply has to show at a product's next gate, element by element, and what it shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ipd.calculations.supply import PEAK_PERCENT, utilisation
from ipd.models import DemandMonth, Product, SupplyStatement
from ipd.queries.supply_facts import Overview

# The phase a product is in → the gate whose expectations count.
CHARTER, CONCEPT, PLAN, BUILD, SELL, LIFE = "charter", "concept", "plan", "build", "sell", "life"
STAGES = {
    "CHARTER": CHARTER,
    "CONCEPT": CONCEPT,
    "PLAN": PLAN,
    "DEVELOP": BUILD,
    "QUALIFY": SELL,
    "LAUNCH": SELL,
    "LIFECYCLE": LIFE,
    "RETIRED": LIFE,
}
NAMES = {
    CHARTER: lazy("Charter"),
    CONCEPT: lazy("Concept decision"),
    PLAN: lazy("Plan decision"),
    BUILD: lazy("TR4A and TR5"),
    SELL: lazy("Availability decision"),
    LIFE: lazy("Lifecycle"),
}
# Element → what is expected at each stage, and the figure it is met from (None: only shown).
EXPECTED = {
    "make_buy": {
        CHARTER: (lazy("Flag"), None),
        CONCEPT: (lazy("Options"), None),
        PLAN: (lazy("Decided, with scores"), 100),
        BUILD: (lazy("Stands"), 100),
        SELL: (lazy("Confirmed"), 100),
        LIFE: (lazy("Reviewed yearly"), 100),
    },
    "strategy": {
        CONCEPT: (lazy("Draft"), None),
        PLAN: (lazy("Final, with liability"), 100),
        BUILD: (lazy("Orders"), 100),
        SELL: (lazy("Ramp orders"), 100),
        LIFE: (lazy("Renegotiate"), None),
    },
    "status": {
        CONCEPT: (lazy("List"), None),
        PLAN: (lazy("90 % approved"), 90),
        BUILD: (lazy("All released parts approved"), 100),
        SELL: (lazy("Frozen"), 100),
        LIFE: (lazy("Notices followed"), None),
    },
    "sources": {
        CONCEPT: (lazy("Count"), None),
        PLAN: (lazy("A plan for each single source"), 100),
        BUILD: (lazy("Qualification running"), 100),
        SELL: (lazy("Proven"), 100),
        LIFE: (lazy("Replacement programme"), 100),
    },
    "exposure": {
        CONCEPT: (lazy("Rough"), None),
        PLAN: (lazy("Computed"), 100),
        BUILD: (lazy("Updated"), 100),
        SELL: (lazy("Buffer in place"), 100),
        LIFE: (lazy("Every quarter"), 100),
    },
    "capacity": {
        PLAN: (lazy("85 % at the peak, at most"), PEAK_PERCENT),
        BUILD: (lazy("Pilot data"), None),
        SELL: (lazy("Demonstrated"), PEAK_PERCENT),
        LIFE: (lazy("Sales and operations plan"), PEAK_PERCENT),
    },
    "demand": {
        CONCEPT: (lazy("By year"), None),
        PLAN: (lazy("Twelve months, by month"), 12),
        SELL: (lazy("Agreed with sales"), 12),
        LIFE: (lazy("Rolling"), 6),
    },
    "logistics": {
        CONCEPT: (lazy("List"), None),
        PLAN: (lazy("Plan"), 1),
        SELL: (lazy("Ready"), 1),
        LIFE: (lazy("Audit"), None),
    },
    "sustaining": {
        PLAN: (lazy("Concept"), 1),
        SELL: (lazy("Initial spares"), 1),
        LIFE: (lazy("Last-time buys sized"), 100),
    },
}
TITLES = {
    "make_buy": lazy("Make or buy per module"),
    "strategy": lazy("Sourcing strategy"),
    "status": lazy("Status of parts"),
    "sources": lazy("Sources of parts"),
    "exposure": lazy("Recovery, survival, exposure"),
    "capacity": lazy("Capacity"),
    "demand": lazy("Demand plan"),
    "logistics": lazy("Logistics, regions, trade compliance"),
    "sustaining": lazy("Sustaining stock: spares, last-time buy"),
}


@dataclass(frozen=True)
class Line:
    """An element: what is expected at the next gate, what is there, and how that stands."""

    key: str
    title: str
    expected: str
    fact: str
    tone: str
    word: str
    is_stated: bool = False


@dataclass(frozen=True)
class DemandLine:
    """A month of demand with how full it makes the capacity."""

    row: DemandMonth
    percent: object

    @property
    def is_full(self) -> bool:
        return self.percent is not None and self.percent > PEAK_PERCENT


def demand(product: Product) -> list[DemandLine]:
    """The months of a product's demand plan with their utilisation at P50."""
    return [
        DemandLine(row, utilisation(row.p50, row.capacity))
        for row in product.demand.order_by("month")
    ]


def lines(
    product: Product,
    facts: Overview,
    ahead: list[DemandLine],
    statements: dict[str, SupplyStatement],
) -> list[Line]:
    """The elements that count at the product's next gate; `ahead` are its months to come."""
    stage = STAGES.get(product.phase.code, PLAN)
    shares = {
        "make_buy": (facts.decided, facts.modules, _("%(n)d of %(all)d modules decided")),
        "strategy": (facts.classed, facts.parts, _("%(n)d of %(all)d parts have a class")),
        "status": (facts.approved, facts.parts, _("%(n)d of %(all)d parts approved")),
        "sources": (facts.planned, facts.single, _("%(n)d of %(all)d single sources planned")),
        "exposure": (facts.known, facts.single, _("%(n)d of %(all)d single sources computed")),
    }
    if stage == LIFE:
        shares["sustaining"] = (facts.sized, facts.last_buys, _("%(n)d of %(all)d sized"))
    found = []
    for key, stages in EXPECTED.items():
        if stage not in stages:
            continue
        expected, least = stages[stage]
        if key in shares:
            tone, fact = _of_share(*shares[key], least)
        elif key == "capacity":
            tone, fact = _of_capacity(ahead, least)
        elif key == "demand":
            tone, fact = _of_demand(ahead, least)
        else:
            tone, fact = _of_statement(statements.get(key), least)
        stated = key in ("logistics", "sustaining") and key not in shares
        words = {"on": _("met"), "risk": _("partly"), "off": _("not met"), "none": _("no data")}
        found.append(
            Line(key, TITLES[key], expected, fact, tone, words.get(tone, _("shown")), stated)
        )
    return found


def stage_name(product: Product) -> str:
    return NAMES[STAGES.get(product.phase.code, PLAN)]


def _of_share(n: int, every: int, words: str, least: int | None) -> tuple[str, str]:
    if not every:
        return "none", _("nothing there yet")
    fact = words % {"n": n, "all": every}
    if least is None:
        return "info", fact
    percent = 100 * n / every
    return ("on" if percent >= least else "risk" if percent >= least / 2 else "off"), fact


def _of_capacity(ahead: list[DemandLine], most: int | None) -> tuple[str, str]:
    known = [line for line in ahead[:12] if line.percent is not None]
    if not known:
        return "none", _("no capacity planned")
    peak = max(known, key=lambda line: line.percent)
    told = {"percent": peak.percent, "month": f"{peak.row.month:%Y-%m}"}
    fact = _("%(percent)s %% in %(month)s") % told
    if most is None:
        return "info", fact
    return ("on" if peak.percent <= most else "risk" if peak.percent <= 100 else "off"), fact


def _of_demand(ahead: list[DemandLine], least: int | None) -> tuple[str, str]:
    fact = _("%(n)d months ahead") % {"n": len(ahead)}
    if not ahead:
        return "none", _("no month planned")
    if least is None:
        return "info", fact
    return ("on" if len(ahead) >= least else "risk"), fact


def _of_statement(statement: SupplyStatement | None, least: int | None) -> tuple[str, str]:
    if statement is None:
        return "none", _("not stated")
    if least is None:
        return "info", statement.text
    return ("on" if statement.is_ready else "risk"), statement.text
