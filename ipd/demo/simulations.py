"""The demonstration's simulations: of every plan with estimates, with one seed, once."""

from uuid import NAMESPACE_URL, uuid5

from ipd.actions import simulations
from ipd.actions.simulations import Wanted
from ipd.models import Plan, Simulation
from ipd.queries.contracts import ga_dates

SEED, RUNS = 20261122, 5000


def simulate_all() -> list[Simulation]:
    """One simulation of each plan that has open work with a three-point estimate."""
    estimated = Plan.objects.filter(
        activities__pessimistic_minutes__isnull=False, activities__actual_finish_at=None
    ).distinct()
    plans = list(estimated.select_related("product", "calendar"))
    contracts = ga_dates([plan.product_id for plan in plans])
    return [
        simulations.of_plan(
            plan,
            Wanted(runs=RUNS, seed=SEED, contract_on=contracts.get(plan.product_id)),
            by=None,
            key=uuid5(NAMESPACE_URL, f"first simulation of {plan.product.code}"),
        )
        for plan in plans
    ]
