"""Simulations and risks in the walk: everybody may look, the product's team may act."""

from ipd.models import Plan
from tests.factories.risks import (
    DriverFactory,
    RiskFactory,
    SimulatedActivityFactory,
    SimulationFactory,
    estimated_plan,
)
from tests.walker.rows import ALL, LPDT, PQA, TEAM, act, form, page

TABLE = {
    "ipd:simulations": page("product"),
    "ipd:simulation": page("simulation"),
    "ipd:simulation-run": act("product", LPDT | PQA),
    "ipd:simulation-what-if": act("simulation", LPDT | PQA),
    "ipd:risk-list": page(),
    "ipd:risks": page("product"),
    "ipd:risk-new": form("product", TEAM),
    "ipd:risk": page("risk"),
    "ipd:risk-change": act("risk", TEAM),
    # A row is for htmx; who opens its address alone is sent to the risk's page.
    "ipd:risk-row": page("risk", post=TEAM, get=ALL, answers=frozenset([302])),
    "ipd:risk-drivers": act("risk", TEAM),
}


def objects(product, *, owner, review) -> dict[str, object]:
    plan = Plan.objects.filter(product=product).first() or estimated_plan(product)
    risk = RiskFactory(product=product, owner=owner)
    DriverFactory(risk=risk)
    simulation = SimulationFactory(plan=plan)
    SimulatedActivityFactory(simulation=simulation)
    return {"risk": risk, "simulation": simulation}
