"""The schedule on a product's page: the forecast against the contract, and the top risks."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from ipd.kernel.panels import Panel, register
from ipd.models import Contract, Plan, Product, Risk, Simulation
from ipd.models.risks import OF_A_TRIANGLE
from ipd.queries.risks import TOP
from teams.models import Person


def forecast(person: Person, product: Product) -> Panel | None:
    """The newest simulation, the contract's date and the three largest risks, in one query.

    Nothing for a product that has neither a plan nor a risk.
    """
    newest = (
        Simulation.objects.of_plans()
        .filter(plan__product=OuterRef("pk"))
        .order_by("-pk")
        .values(
            told=JSONObject(
                **{name: name for name in ("pk", "runs", "seed", "plan_version")},
                **{name: f"{name}_on" for name in ("p10", "p50", "p80", "p90")},
            )
        )[:1]
    )
    risks = (
        Risk.objects.open()
        .filter(product=OuterRef("pk"))
        .order_by("exposure_order", "pk")
        .values(
            told=JSONObject(
                pk="pk",
                code="code",
                title="title",
                percent="probability_percent",
                order="exposure_order",
            )
        )[:TOP]
    )
    contract = Contract.objects.current().filter(product=OuterRef("pk"))
    version = Plan.objects.filter(product=OuterRef("pk"))
    told = (
        Product.objects.filter(pk=product.pk)
        .annotate(
            newest=Subquery(newest),
            top=ArraySubquery(risks),
            contract_on=Subquery(contract.values("ga_on")[:1]),
            plan_version=Subquery(version.values("version")[:1]),
        )
        .values("newest", "top", "contract_on", "plan_version")
        .get()
    )
    if told["plan_version"] is None and not told["top"]:
        return None
    return Panel("ipd/panels/schedule.html", shown(told) | {"product": product})


def shown(told: dict) -> dict:
    """The answer's texts as days and figures."""
    found = told["newest"]
    if found:
        days = {name: date.fromisoformat(found[name]) for name in ("p10", "p50", "p80", "p90")}
        found = found | days | {"is_stale": found["plan_version"] != told["plan_version"]}
    contract = told["contract_on"]
    return {
        "simulation": found,
        "contract_on": contract,
        "tone": tone(found, contract),
        "risks": [risk | {"days": -risk["order"] / OF_A_TRIANGLE} for risk in told["top"]],
    }


def tone(found: dict | None, contract: date | None) -> str:
    """Red when the contract is earlier than P50, amber when earlier than P80."""
    if not found or contract is None:
        return "none"
    if contract < found["p50"]:
        return "off"
    return "risk" if contract < found["p80"] else "on"


register("product", forecast)
