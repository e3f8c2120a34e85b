"""The pages of change requests: what they show, to whom, and how cheaply."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.models import ChangeRequest
from tests.factories.contracts import CaseFactory, ChangeFactory, ContractFactory
from tests.ipd.changing import request, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(house):
    return ContractFactory(product=house.product)


@pytest.fixture
def after(house):
    """The business case as it would be."""
    CaseFactory(product=house.product)
    return CaseFactory(product=house.product, state="draft", by=house.lpdt)


def test_a_request_is_drafted_and_edited_on_its_page(house, contract, as_person):
    client = as_person(house.lpdt)
    url = reverse("ipd:change-new", args=[house.product.pk])
    said = {"title": "Dearer engine", "trigger": "The supplier.", "reason": "supply"}

    assert client.post(url, said | {"after-UNIT_COST": "1040"}).status_code == 302
    change = ChangeRequest.objects.get()
    assert [(e.code, e.before, e.after) for e in change.elements.all()] == [
        ("UNIT_COST", 1000, 1040)
    ]
    edit = reverse("ipd:change-edit", args=[change.pk])
    said |= {"after-UNIT_COST": "", "after-DEFECTS": "1", "version": change.version}
    assert client.post(edit, said).status_code == 302
    assert [e.code for e in change.elements.all()] == ["DEFECTS"]
    assert client.post(url, {"title": ""}).status_code == 422
    assertContains(client.get(edit), "Dearer engine")
    assert as_person(house.pqa).get(edit).status_code == 403


def test_without_a_contract_there_is_nothing_to_change(house, as_person):
    url = reverse("ipd:change-new", args=[house.product.pk])

    assertContains(as_person(house.lpdt).get(url), "no signed contract", status_code=409)


def test_a_draft_shows_the_class_it_would_have(house, contract, after, as_person):
    change = request(house, {"UNIT_COST": 1100}, case_after=after)

    page = as_person(house.lpdt).get(change.get_absolute_url())

    assertContains(page, "B: a tolerance is exceeded")
    assertContains(page, "Unit cost at volume: twice the tolerance or more")


def test_without_the_grant_no_amount_of_a_request_is_shown(house, contract, as_person):
    case = CaseFactory(product=house.product)
    change = request(house, {"RD_COST": 31_337_773}, case_before=case)

    page = as_person(house.core_member).get(change.get_absolute_url())
    assertContains(page, "restricted")
    assertNotContains(page, "31,337")
    assertNotContains(page, "3,283")
    new = as_person(house.core_member).get(reverse("ipd:change-new", args=[house.product.pk]))
    assertNotContains(new, "after-RD_COST")
    assertNotContains(new, "10,000,000")


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_page_cost_the_same_however_many(
    house, contract, after, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    rows = [request(house, {"UNIT_COST": 1010, "RD_COST": 10_000_001}) for _ in range(count)]
    client = as_person(house.lpdt)
    change = submit(rows[0])
    urls = [
        reverse("ipd:change-list", args=[house.product.pk]),
        change.get_absolute_url(),
        reverse("ipd:change-new", args=[house.product.pk]),
        *(row.get_absolute_url() for row in rows[1:2]),
    ]
    for url in urls:
        client.get(url)
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_requests_of_a_confidential_product_are_not_there(house, as_person):
    contract = ContractFactory(product=house.confidential_product)
    change = ChangeFactory(product=contract.product, moves={"SCOPE": 1})
    client = as_person(house.chair)

    assert client.get(change.get_absolute_url()).status_code == 404
    for noun in ("edit", "submission", "withdrawal", "assessment", "decision"):
        url = reverse(f"ipd:change-{noun}", args=[change.pk])
        assert client.post(url, {"version": 1}).status_code == 404
