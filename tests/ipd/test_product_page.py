"""A product's page: what is shown to whom."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import GateDefinition, Tailoring
from ipd.kernel.days import today
from ipd.models import PortfolioRow
from tests.factories import ConditionFactory, GrantFactory, MovementFactory
from tests.ipd.counting import PAGE, grown


@pytest.fixture
def url(product):
    return product.get_absolute_url()


def test_page_makes_the_same_queries_however_much_there_is(house, as_person, url, no_lazy_fetch):
    PortfolioRow.objects.create(product=house.product, state="risk", state_reason="TR4 is late")
    gates = GateDefinition.objects.filter(chain__process=house.product.process).order_by("order")

    def add(n):
        MovementFactory(product=house.product)
        review = house.review(stage="decided", ended_in="GO_COND", attempt=n + 1)
        ConditionFactory(review=review)
        Tailoring.objects.create(
            product=house.product,
            gate=gates[n],
            kind="skipped",
            reason="No prototype is built.",
            approver=house.chair,
            approved_on=today(),
        )

    assert grown(as_person(house.chair), url, add) <= PAGE


def test_gates_conditions_tailoring_and_the_last_decision_are_told(house, as_person, url):
    first = house.review(stage="decided", ended_in="REDIRECT", attempt=1)
    again = house.review(
        stage="decided", ended_in="GO_COND", attempt=2, decision__rationale="Now it holds."
    )
    ConditionFactory(
        review=again,
        text="Second source named",
        due_on=today() - timedelta(days=3),
        original_due_on=today() - timedelta(days=3),
    )

    response = as_person(house.chair).get(url)

    assertContains(response, "Now it holds.")
    assertContains(response, "Second source named")
    assertContains(response, "overdue 3 d")
    for review in (first, again):
        assertContains(response, review.get_absolute_url())


def test_money_is_summed_up_for_those_who_hold_the_grant(house, as_person, url):
    MovementFactory(product=house.product, amount=Decimal(1000000))
    MovementFactory(product=house.product, amount=Decimal(-250000), kind="return")

    for person in (house.chair, house.secretary, house.lpdt):
        response = as_person(person).get(url)
        assertContains(response, "750,000 EUR")
        assertNotContains(response, "restricted")


def test_money_is_restricted_for_all_others(house, as_person, url):
    MovementFactory(product=house.product, amount=Decimal(1000000), reference="PDCP tranche")

    for person in (house.outsider, house.administrator, house.core_member, house.leader):
        response = as_person(person).get(url)
        assertContains(response, "restricted")
        assertNotContains(response, "1,000,000")
        assertNotContains(response, "PDCP tranche")


def test_a_board_of_another_line_does_not_see_the_money(house, as_person):
    MovementFactory(product=house.confidential_product, amount=Decimal(77000))
    GrantFactory(product=house.confidential_product, person=house.chair)

    response = as_person(house.chair).get(house.confidential_product.get_absolute_url())

    assertContains(response, "restricted")
    assertNotContains(response, "77,000")
    assertContains(response, "Confidential")


def test_a_confidential_product_is_not_found_by_others(house, as_person):
    url = house.confidential_product.get_absolute_url()

    for person in (house.chair, house.lpdt, house.outsider, house.administrator):
        assert as_person(person).get(url).status_code == 404


def test_the_core_team_names_open_seats(house, as_person, url):
    seat = house.product.team.seats.get(role__code="PQA")
    seat.person = None
    seat.save()

    response = as_person(house.outsider).get(url)

    assertContains(response, "(open)")
    assert (response.context["filled"], len(response.context["team"])) == (2, 3)
