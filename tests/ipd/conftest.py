"""What tests of the product's work share."""

from itertools import pairwise

import pytest

from ipd.actions import outline, plans
from tests.factories.contracts import CaseFactory, ContractFactory
from tests.factories.plans import ActivityFactory, LinkFactory, PlanFactory
from tests.factories.risks import RiskFactory
from tests.ipd.planning import again


@pytest.fixture
def plan(product):
    return PlanFactory(product=product)


@pytest.fixture
def chain(plan):
    """A, B and C of five days, one after the other, scheduled."""
    rows = [ActivityFactory(plan=plan, code=code) for code in "ABC"]
    for first, then in pairwise(rows):
        LinkFactory(predecessor=first, successor=then)
    outline.number(plan)
    plans.reschedule(plan)
    return again(*rows)


@pytest.fixture
def contract(house):
    return ContractFactory(product=house.product)


@pytest.fixture
def after(house):
    """The business case as it would be."""
    CaseFactory(product=house.product)
    return CaseFactory(product=house.product, state="draft", by=house.lpdt)


@pytest.fixture
def risk(product, core_member):
    return RiskFactory(
        product=product,
        owner=core_member,
        cost_low=100_000,
        cost_likely=200_000,
        cost_high=600_000,
    )
