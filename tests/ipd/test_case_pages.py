"""Business cases and the four calculations: measures, pages, and who sees them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import cases, four_calculations
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Status
from ipd.models import Estimate, FinalAccount
from tests.factories import ActualFactory, MovementFactory
from tests.factories.contracts import CaseFactory, EstimateFactory

pytestmark = pytest.mark.django_db


def url(house, name):
    return reverse(f"ipd:{name}", args=[house.product.pk])


def of(case, name):
    return reverse(f"ipd:{name}", args=[case.pk])


def reading(key, product):
    return (
        MEASURES[key].compute([product.pk], today() - timedelta(days=365), today()).get(product.pk)
    )


def facts(**more):
    given = {"on": today().isoformat(), "gate": "PDCP", "hurdle_rate": "12", "version": "1"}
    return given | {"years": "8", **more}


def test_an_accepted_version_counts_before_a_draft(house):
    CaseFactory(product=house.product)
    CaseFactory(product=house.product, state="draft", flows={"base": [(0, 5)]})

    found = reading("case_npv", house.product)

    assert round(found.numerator / 1_000_000, 2) == Decimal("3.28")
    assert found.status == Status.MEASURED


def test_a_draft_alone_is_an_estimate_and_nothing_is_missing(house):
    assert reading("case_npv", house.product) is None
    CaseFactory(product=house.product, state="draft")

    assert reading("case_npv", house.product).status == Status.ESTIMATED
    assert reading("case_downside_shown", house.product).numerator == 1


def test_no_single_rate_of_return_is_missing_with_its_reason(house):
    CaseFactory(product=house.product, flows={"base": [(0, 100), (230, 0), (0, 132)]})

    found = reading("case_irr", house.product)

    assert (found.status, found.ratio) == (Status.MISSING, None)
    assert "more than once" in found.detail


def test_measures_of_many_products_cost_the_same(house, django_assert_num_queries):
    products = [CaseFactory().product.pk for _ in range(3)]

    for some in (products[:1], products):
        with django_assert_num_queries(2):
            MEASURES["case_npv"].compute(some, today(), today())


def test_estimates_are_entered_once_per_gate(house, as_person):
    client = as_person(house.lpdt)
    said = {"gate": "CDCP", "on": today().isoformat(), "method": "analogy"}
    said |= {"low": "6", "likely": "9", "high": "13"}
    target = url(house, "calculations-estimate")

    assert client.post(target, said | {"likely": "14"}).status_code == 422
    assert client.post(target, said).status_code == 302
    assert client.post(target, said).status_code == 422
    ahead = client.post(target, said | {"gate": "PDCP", "on": "2199-01-01"})
    assertContains(ahead, "of today or of a day before", status_code=409)
    assert Estimate.objects.get().likely == 9


def test_the_final_account_takes_budget_and_actual_from_the_books(house, as_person):
    EstimateFactory(product=house.product)
    MovementFactory(product=house.product, amount=Decimal(10_000_000))
    ActualFactory(product=house.product, amount=Decimal(11_700_000))

    answer = as_person(house.lpdt).post(
        url(house, "calculations-closing"),
        {"on": today().isoformat(), "estimate": "9000000", "lessons": "Two test rounds."},
    )

    assert answer.status_code == 302
    account = FinalAccount.objects.get(product=house.product)
    assert (account.budget, account.actual) == (10_000_000, 11_700_000)
    page = as_person(house.chair).get(url(house, "calculations"))
    assertContains(page, "Two test rounds.")
    assertContains(page, "1.30")
    assertContains(page, "+17.0 %")
    with pytest.raises(Refused, match="is closed"):
        four_calculations.close(
            house.product, on=today(), estimate=Decimal(1), lessons="x", by=house.lpdt
        )


def test_versions_stand_side_by_side(house, as_person):
    CaseFactory(product=house.product)
    CaseFactory(product=house.product, flows={"base": [(0, 100), (230, 0), (0, 132)]})

    page = as_person(house.chair).get(url(house, "case-list"))

    assertContains(page, "3,283,980 EUR")
    assertContains(page, "24.5 %")
    assertContains(page, "3.84 years")
    assertContains(page, "1,177,565 EUR")
    assertContains(page, "multiple")
    assertContains(page, "Net present value by version")


def test_without_the_grant_nothing_is_shown_nor_read(
    house, as_person, django_assert_max_num_queries
):
    case = CaseFactory(product=house.product, unit_cost=Decimal("31337.77"))
    EstimateFactory(product=house.product, likely=Decimal(8_313_377))

    for who in (house.core_member, house.outsider):
        client = as_person(who)
        for target in (url(house, "case-list"), of(case, "case"), url(house, "calculations")):
            page = client.get(target)
            assertContains(page, "estricted")
            assertNotContains(page, "31,337")
            assertNotContains(page, "3,28")
            assertNotContains(page, "8,313")


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    made = [CaseFactory(product=house.product) for _ in range(count)]
    draft = cases.begin(house.product, by=house.lpdt)
    for number in range(count):
        EstimateFactory(product=house.product, gate=f"G{number}")
    client = as_person(house.lpdt)
    for target in (
        url(house, "case-list"),
        of(made[0], "case"),
        of(draft, "case-edit"),
        url(house, "calculations"),
    ):
        client.get(target)
        with django_assert_max_num_queries(12):
            assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("case-new", "core_member"),
        ("case-new", "chair"),
        ("calculations-estimate", "pqa"),
        ("calculations-closing", "outsider"),
    ],
)
def test_only_those_who_may_change_the_case_do(house, as_person, name, who):
    assert as_person(getattr(house, who)).post(url(house, name)).status_code == 403


def test_cases_of_a_confidential_product_are_not_there(house, as_person):
    case = CaseFactory(product=house.confidential_product, state="draft")
    client = as_person(house.chair)

    assert client.get(of(case, "case")).status_code == 404
    for name in ("case-edit", "case-acceptance", "case-removal"):
        assert client.post(of(case, name), {"version": 1}).status_code == 404
