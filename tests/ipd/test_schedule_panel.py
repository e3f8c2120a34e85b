"""The product's page says the forecast against the contract, and the largest risks."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from ipd.models import Contract
from ipd.panels.schedule import forecast, tone
from tests.factories.risks import RiskFactory, SimulationFactory, estimated_plan

pytestmark = pytest.mark.django_db


def test_a_product_without_plan_and_risks_has_no_panel(product, outsider):
    assert forecast(outsider, product) is None


def test_the_panel_costs_one_query(product, outsider, django_assert_num_queries):
    SimulationFactory(plan=estimated_plan(product))
    for percent in (10, 20, 30, 40):
        RiskFactory(product=product, probability_percent=percent)
    with django_assert_num_queries(1):
        panel = forecast(outsider, product)
    assert [risk["percent"] for risk in panel.context["risks"]] == [40, 30, 20]
    assert panel.context["simulation"]["p80"] == date(2027, 4, 8)
    assert (
        panel.context["contract_on"]
        == Contract.objects.current()
        .filter(product=product)
        .values_list("ga_on", flat=True)
        .first()
    )


def test_the_page_shows_it(product, outsider, as_person):
    plan = estimated_plan(product)
    client = as_person(outsider)
    assertContains(client.get(product.get_absolute_url()), "not been simulated")
    SimulationFactory(plan=plan)
    risk = RiskFactory(product=product)
    page = client.get(product.get_absolute_url())
    assertContains(page, "2027-04-08")
    assertContains(page, "100 runs, seed 7")
    assertContains(page, risk.title)
    assertNotContains(page, "before its last change")


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        (None, "none"),
        (date(2027, 3, 24), "off"),
        (date(2027, 3, 25), "risk"),
        (date(2027, 4, 7), "risk"),
        (date(2027, 4, 8), "on"),
    ],
)
def test_red_before_p50_amber_before_p80(contract, expected):
    found = {"p50": date(2027, 3, 25), "p80": date(2027, 4, 8)}
    assert tone(found, contract) == expected
