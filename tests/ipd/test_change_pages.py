"""The pages of change requests: what they show, to whom, and how cheaply."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import changes
from ipd.kernel.access import Refused
from ipd.models import ChangeRequest, Plan
from tests.factories.contracts import CaseFactory, ChangeFactory, ContractFactory
from tests.factories.risks import SimulationFactory
from tests.ipd.changing import request, submit

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def what_if(house, plan):
    base = SimulationFactory(plan=plan)
    change = {"activity": "A2", "kind": "shortened", "percent": 30}
    return SimulationFactory(
        **{"plan": plan, "what_if_of": base, "change": change},
        **{"p10_on": date(2027, 3, 1), "p50_on": date(2027, 3, 2)},
        **{"p80_on": date(2027, 3, 9), "p90_on": date(2027, 3, 12)},
    )


def test_dates_after_a_change_are_taken_from_a_what_if(house, contract, what_if, as_person):
    client, product = as_person(house.lpdt), house.product
    url = reverse("ipd:change-new", args=[product.pk])
    said = {"title": "Shorter test", "trigger": "Time.", "reason": "technical"}

    assertContains(client.get(url), "If A2 took 30 % less time: P50 2027-03-02, P80 2027-03-09")
    client.post(url, said | {"what_if": what_if.pk, "p50_after": "2027-01-01", "p80_after": ""})

    change = ChangeRequest.objects.get()
    assert (change.what_if, change.p50_after, change.p80_after) == (
        what_if,
        date(2027, 3, 2),
        date(2027, 3, 9),
    )
    page = client.get(change.get_absolute_url())
    assertContains(page, "if A2 took 30 % less time:", count=2)
    assertContains(page, what_if.get_absolute_url())
    assertNotContains(page, "has changed since")
    Plan.objects.update(version=9)
    assertContains(client.get(change.get_absolute_url()), "the plan has changed since")


def test_dates_after_a_change_may_be_typed(house, contract, what_if, as_person):
    client, product = as_person(house.lpdt), house.product
    said = {"title": "Shorter test", "trigger": "Time.", "reason": "technical"}
    said |= {"p50_after": "2027-04-01", "p80_after": "2027-04-09"}
    url = reverse("ipd:change-new", args=[product.pk])
    client.post(url, said)
    change = ChangeRequest.objects.get()
    assert (change.what_if, change.p80_after) == (None, date(2027, 4, 9))
    assertContains(client.get(change.get_absolute_url()), ">typed<", count=2)

    edit = reverse("ipd:change-edit", args=[change.pk])
    client.post(edit, said | {"what_if": what_if.pk, "version": change.version})
    change.refresh_from_db()
    assert (change.what_if, change.p80_after) == (what_if, date(2027, 3, 9))
    client.post(edit, said | {"what_if": "", "version": change.version})
    change.refresh_from_db()
    assert (change.what_if, change.p80_after) == (None, date(2027, 4, 9))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"p50_after": "2027-05-01", "p80_after": "2027-04-01"}, "Not before P50."),
        ({"p50_before": "2027-05-01", "p80_before": "2027-04-01"}, "Not before P50."),
        ({"p50_after": "2027-02-31"}, "Give a date as year-month-day"),
        ({"what_if": "999999999"}, "Select a valid choice"),
        ({"what_if": "the best"}, "Select a valid choice"),
    ],
)
def test_wrong_dates_are_named(house, contract, what_if, as_person, wrong, said):
    url = reverse("ipd:change-new", args=[house.product.pk])
    fields = {"title": "Shorter test", "trigger": "Time.", "reason": "technical"}
    answer = as_person(house.lpdt).post(url, fields | wrong)
    assertContains(answer, said, status_code=422)
    assert not ChangeRequest.objects.exists()


def test_a_plain_simulation_or_another_product_s_is_no_choice(house, contract, what_if, as_person):
    client, url = as_person(house.lpdt), reverse("ipd:change-new", args=[house.product.pk])
    foreign = SimulationFactory(what_if_of=SimulationFactory())
    fields = {"title": "Shorter test", "trigger": "Time.", "reason": "technical"}
    for row in (what_if.what_if_of, foreign):
        assert client.post(url, fields | {"what_if": row.pk}).status_code == 422
        with pytest.raises(Refused, match="what-if of the product's own plan"):
            changes.draft(house.product, facts={"what_if": row}, after={}, by=house.lpdt)


def test_a_what_if_leads_to_a_request(house, contract, what_if, as_person):
    url = f"{reverse('ipd:change-new', args=[house.product.pk])}?what_if={what_if.pk}"
    assertContains(as_person(house.lpdt).get(what_if.get_absolute_url()), url)
    form = as_person(house.lpdt).get(url).context["form"]
    assert form.initial["what_if"] == what_if.pk
    assertNotContains(as_person(house.chair).get(what_if.get_absolute_url()), url)
    nonsense = url.replace(str(what_if.pk), "x")
    assert as_person(house.lpdt).get(nonsense).status_code == 200


def test_without_a_contract_there_is_nothing_to_change(house, as_person):
    url = reverse("ipd:change-new", args=[house.product.pk])

    assertContains(as_person(house.lpdt).get(url), "no signed contract", status_code=409)
    rows = reverse("ipd:change-list", args=[house.product.pk])
    page = as_person(house.lpdt).get(rows)
    assertContains(page, "no signed contract")
    assertNotContains(page, url)
    ContractFactory(product=house.product)
    assertContains(as_person(house.lpdt).get(rows), url)


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
