"""The forms about money: each sent is done, refused, forbidden or hidden."""

from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.days import today
from ipd.models import BudgetMovement, Commitment, PackageProgress, Period, WorkPackage
from tests.factories import (
    BodyFactory,
    CommitmentFactory,
    FunctionFactory,
    LineFactory,
    MovementFactory,
    ProductFactory,
)
from tests.factories.company import seated
from tests.factories.risks import RiskFactory

pytestmark = pytest.mark.django_db


def url(name, product, *more):
    return reverse(f"ipd:{name}", args=[product.pk, *more])


ORDER = {"reference": "PO 1", "purpose": "Boards", "currency": "EUR", "cost_type": "nre"}


def order_data(product, **more):
    return {
        **ORDER,
        "amount": "1000",
        "function": FunctionFactory(code="RD").pk,
        "phase": product.phase_id,
        **more,
    }


def test_an_order_is_made_refused_and_forbidden(house, as_person):
    MovementFactory(product=house.product, phase=house.product.phase)
    address = url("money-order-new", house.product)

    assertContains(as_person(house.lpdt).get(address), "Charlotte Chair up to 500,000 EUR")
    made = as_person(house.lpdt).post(address, order_data(house.product))
    assert (made.status_code, Commitment.objects.get().by) == (302, house.lpdt)

    above = as_person(house.lpdt).post(
        address, order_data(house.product, reference="PO 2", amount="60000")
    )
    assert above.status_code == 409
    assertContains(above, "It may be done by: Charlotte Chair", status_code=409)

    wrong = as_person(house.lpdt).post(address, {"amount": "much"})
    assert wrong.status_code == 422
    for person in (house.pqa, house.core_member, house.outsider, house.secretary):
        assert as_person(person).post(address, order_data(house.product)).status_code == 403
    hidden = url("money-order-new", house.confidential_product)
    assert as_person(house.lpdt).post(hidden, order_data(house.product)).status_code == 404
    assert Commitment.objects.count() == 1


def test_an_order_is_closed_on_its_list(house, as_person):
    order = CommitmentFactory(product=house.product)
    client = as_person(house.chair)
    assertContains(client.get(url("money-orders", house.product)), order.reference)

    client.post(url("money-order-closing", house.product, order.pk))

    assertNotContains(client.get(url("money-orders", house.product)), order.reference)
    assertContains(client.get(url("money-orders", house.product) + "?state=all"), order.reference)


def test_a_draw_chooses_among_the_open_risks_beside_what_they_may_cost(house, as_person):
    three = dict.fromkeys(("cost_low", "cost_likely", "cost_high"), 40_000)
    risk = RiskFactory(product=house.product, probability_percent=100, **three)
    gone = RiskFactory(product=house.product, state="closed")
    address = url("money-reserve", house.product)
    page = as_person(house.lpdt).get(address)
    assertContains(page, f'<option value="{risk.code} {risk.title}">')
    assertContains(page, "40,000 EUR")
    assertNotContains(page, gone.title)
    assertNotContains(as_person(house.pqa).get(address), "<datalist")
    assertNotContains(as_person(house.outsider).get(address), "40,000")


def test_money_is_moved_between_products_of_the_chair(house, as_person):
    MovementFactory(product=house.product, amount=Decimal(1000), phase=house.product.phase)
    taker = ProductFactory(line=house.line)
    address = url("money-transfer", house.product)
    data = {"taker": taker.pk, "amount": "400", "cause": "IPMT 12", "reason": "Aurora needs it"}

    assert as_person(house.lpdt).post(address, data).status_code == 403
    assertContains(as_person(house.chair).get(address), "1,000 EUR")
    too_much = as_person(house.chair).post(address, data | {"amount": "1001"})
    assert too_much.status_code == 409
    assert as_person(house.chair).post(address, data).status_code == 302

    rows = BudgetMovement.objects.filter(kind="transfer", reference="IPMT 12")
    assert dict(rows.values_list("product", "amount")) == {house.product.pk: -400, taker.pk: 400}


def test_money_goes_to_no_product_of_another_line(house, as_person):
    MovementFactory(product=house.product, amount=Decimal(1000), phase=house.product.phase)
    other = LineFactory()
    BodyFactory(line=other, kind="IPMT")
    taker = ProductFactory(line=other)
    data = {"taker": taker.pk, "amount": "400", "cause": "IPMT 12", "reason": "x"}

    response = as_person(house.chair).post(url("money-transfer", house.product), data)

    assert response.status_code == 422
    assert not BudgetMovement.objects.filter(kind="transfer").exists()


def test_a_movement_is_broken_down_once_and_wholly(house, as_person):
    movement = MovementFactory(product=house.product, amount=Decimal(1000))
    FunctionFactory(code="RD")
    address = url("money-movement", house.product, movement.pk)
    rows = {
        "form-TOTAL_FORMS": "8",
        "form-INITIAL_FORMS": "0",
        "form-0-function": "RD",
        "form-0-cost_type": "labour",
        "form-0-first": "2026-01",
        "form-0-last": "2026-03",
        "form-0-amount": "1000",
    }
    client = as_person(house.lpdt)

    assert client.post(address, rows | {"form-0-amount": "999"}).status_code == 409
    assert client.post(address, rows | {"form-0-last": "2025-12"}).status_code == 422
    assert as_person(house.chair).post(address, rows).status_code == 403
    assert client.post(address, rows).status_code == 302

    parts = list(movement.allocations.order_by("month").values_list("amount", flat=True))
    assert parts == [Decimal("333.33"), Decimal("333.33"), Decimal("333.34")]
    assertContains(client.get(address), "333.34 EUR")


def test_a_package_is_planned_and_its_progress_reported(house, as_person):
    client = as_person(house.lpdt)
    data = {
        "code": "WP1",
        "name": "Board",
        "planned_start": "2026-01-05",
        "planned_finish": "2026-06-30",
        "value": "1000",
        "currency": "EUR",
        "rule": "0_50_100",
    }
    assert client.post(url("money-package-new", house.product), data).status_code == 302
    assert client.post(url("money-package-new", house.product), data).status_code == 409
    package = WorkPackage.objects.get()
    address = url("money-package-progress", house.product, package.pk)

    report = {"on": today().isoformat(), "percent": "35"}
    assertContains(client.post(address, report), "one of: 0, 50, 100", status_code=409)
    assert client.post(address, report | {"percent": "50"}).status_code == 302
    assert PackageProgress.objects.get().by == house.lpdt
    assertContains(client.get(url("money-packages", house.product)), "500 EUR")
    assert as_person(house.core_member).post(address, report).status_code == 403


def test_a_month_is_closed_by_the_company_s_board(house, as_person):
    secretary = seated(BodyFactory(line=None, kind="IRB").team, "SECRETARY", "PM")
    data = {"month": "2026-10-01"}
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        page = as_person(secretary).get(reverse("ipd:money-company"))
        assertContains(page, "Close the books of 2026-10")
        assert (
            as_person(house.secretary).post(reverse("ipd:money-month-closing"), data).status_code
            == 403
        )
        done = as_person(secretary).post(reverse("ipd:money-month-closing"), data)
        again = as_person(secretary).post(reverse("ipd:money-month-closing"), data)

    assert (done.status_code, again.status_code) == (302, 409)
    assert Period.objects.get().closed_by == secretary
