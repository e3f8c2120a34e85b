"""The contract's page: variance against both versions, to whom, and how cheaply."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import Review
from ipd.actions import standings
from ipd.kernel.days import today
from ipd.models import Contract
from tests.factories.contracts import CaseFactory, ContractFactory

pytestmark = pytest.mark.django_db


def url(house, noun="", *more):
    return reverse(f"ipd:contract{noun}", args=[house.product.pk, *more])


def test_the_page_shows_variance_against_both_versions(house, as_person):
    first = ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    Contract.objects.filter(pk=first.pk).update(is_current=False, ended_on=today())
    ContractFactory(product=house.product, promised={"UNIT_COST": 1010})
    CaseFactory(product=house.product)
    standings.renew([house.product.pk], ask=False)

    page = as_person(house.lpdt).get(url(house))

    assertContains(page, "10 EUR (1.0 %) better")
    assertContains(page, "100 EUR (11.1 %) worse")
    assertContains(page, "Version 2")


def test_without_the_grant_no_amount_is_shown(house, as_person):
    ContractFactory(product=house.product, promised={"RD_COST": 31_337_773, "UNIT_COST": 31_337})
    CaseFactory(product=house.product, unit_cost=Decimal("31338"))
    standings.renew([house.product.pk], ask=False)

    for who in (house.core_member, house.outsider):
        page = as_person(who).get(url(house))
        assertContains(page, "restricted")
        assertNotContains(page, "31,33")
        assertNotContains(page, "3133")
        [version] = house.product.contracts.all()
        page = as_person(who).get(reverse("ipd:contract-version", args=[version.pk]))
        assertNotContains(page, "31,33")


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_costs_the_same_however_many_versions(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, versions
):
    for _number in range(versions):
        Contract.objects.current().update(is_current=False, ended_on=today())
        ContractFactory(product=house.product)
    CaseFactory(product=house.product)
    standings.renew([house.product.pk], ask=False)
    client = as_person(house.lpdt)
    client.get(url(house))

    with django_assert_max_num_queries(12):
        assert client.get(url(house)).status_code == 200


@pytest.mark.parametrize(
    ("noun", "who", "status"),
    [
        ("-draft", "core_member", 403),
        ("-draft", "chair", 403),
        ("-draft-removal", "pqa", 403),
        ("-gate", "core_member", 403),
        ("-gate", "outsider", 403),
        ("-draft-removal", "lpdt", 404),
    ],
)
def test_only_the_right_person_acts(house, as_person, noun, who, status):
    answer = as_person(getattr(house, who)).post(url(house, noun), {"reason": "x"})

    assert answer.status_code == status


def test_the_lead_asks_for_a_gate_and_only_one_is_open(house, as_person):
    client = as_person(house.lpdt)
    said = {"reason": "The supplier stops."}

    assert client.post(url(house, "-gate"), said).status_code == 302
    assert Review.objects.get(gate__unplanned=True).reason == "The supplier stops."
    assert client.post(url(house, "-gate"), said).status_code == 409


def test_a_confidential_contract_is_not_there(house, as_person):
    contract = ContractFactory(product=house.confidential_product)
    client = as_person(house.chair)

    assert client.get(contract.get_absolute_url()).status_code == 404
    assert client.get(reverse("ipd:contract-version", args=[contract.pk])).status_code == 404
