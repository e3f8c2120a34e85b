"""Risks, and a small plan with estimates that can be simulated."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from ipd.models import Activity, Plan, Risk, RiskDriver, Simulation, SimulationActivity
from tests.factories.people import PersonFactory
from tests.factories.plans import ActivityFactory, LinkFactory, PlanFactory
from tests.factories.products import ProductFactory


class RiskFactory(DjangoModelFactory):
    class Meta:
        model = Risk

    product = factory.SubFactory(ProductFactory)
    code = factory.Sequence("R-{}".format)
    title = factory.LazyAttribute(lambda self: f"Risk {self.code}")
    category = "technical"
    probability_percent = 30
    days_low = 5
    days_likely = 10
    days_high = 30
    owner = factory.SubFactory(PersonFactory)
    exposure_order = factory.LazyAttribute(
        lambda self: -self.probability_percent * (self.days_low + self.days_likely + self.days_high)
    )


class DriverFactory(DjangoModelFactory):
    class Meta:
        model = RiskDriver

    risk = factory.SubFactory(RiskFactory)
    activity = "A1"
    low = 1
    likely = 1.5
    high = 2


def estimated_plan(product=None, *, rows=(("A1", 5, 10, 25), ("A2", 10, 15, 30))) -> Plan:
    """Activities one after the other, each (code, least, likely, most) in working days."""
    plan = PlanFactory(**({"product": product} if product else {}))
    before: Activity | None = None
    for order, (code, low, likely, high) in enumerate(rows, start=1):
        here = ActivityFactory(
            plan=plan,
            order=order,
            code=code,
            days=likely,
            optimistic_minutes=480 * low,
            pessimistic_minutes=480 * high,
        )
        if before is not None:
            LinkFactory(predecessor=before, successor=here)
        before = here
    return plan


class SimulationFactory(DjangoModelFactory):
    """A simulation of the plan as it stands, a hundred runs on two days."""

    class Meta:
        model = Simulation

    plan = factory.SubFactory(PlanFactory)
    plan_version = factory.SelfAttribute("plan.version")
    runs = 100
    seed = 7
    rho = 0.3
    rho_group = 0.6
    inputs = factory.LazyFunction(dict)
    p10_on = p50_on = date(2027, 3, 25)
    p80_on = p90_on = date(2027, 4, 8)
    mean_days = 88.6
    sd_days = 10.0
    finishes = factory.LazyFunction(lambda: [["2027-03-25", 60], ["2027-04-08", 40]])
    planned_on = date(2027, 3, 12)


class SimulatedActivityFactory(DjangoModelFactory):
    class Meta:
        model = SimulationActivity

    simulation = factory.SubFactory(SimulationFactory)
    code = factory.Sequence("A{}".format)
    name = "Work"
    p50_start_on = p80_start_on = date(2027, 3, 1)
    p50_finish_on = date(2027, 3, 25)
    p80_finish_on = date(2027, 4, 8)
    mean_days = 10
    sd_days = 2
    criticality = 0.5
    ssi = 0.2
    cruciality = 0.3
