"""The pages of a product's money: what they show, to whom, in how many queries."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.models import Commitment, WorkPackage
from tests.factories import (
    ActualFactory,
    AllocationFactory,
    CommitmentFactory,
    FunctionFactory,
    MovementFactory,
    PeriodFactory,
    ProductFactory,
    ProgressFactory,
    RateFactory,
    WorkPackageFactory,
)
from tests.ipd.counting import PAGE, grown

pytestmark = pytest.mark.django_db
PAGES = [
    *("money", "money-lines", "money-months", "money-movements", "money-orders"),
    *("money-costs", "money-packages", "money-reserve"),
]
SENTINEL = Decimal("7654321.00")
SHOWN = ("7654321", "7,654,321", "7.65", "7654")


def url(name, product, *more):
    return reverse(f"ipd:{name}", args=[product.pk, *more])


def fill(product, n=0, amount=Decimal(1_000_000)):
    """A movement with two parts, an order, a cost and a work package with its report."""
    month = date(2026, 1 + n, 1)
    movement = MovementFactory(product=product, amount=amount, phase=product.phase)
    for cost_type in ("labour", "nre"):
        AllocationFactory(movement=movement, cost_type=cost_type, month=month, amount=amount / 2)
    reserve = MovementFactory(product=product, kind="reserve", amount=0)
    for sign, cost_type in ((1, "test"), (-1, "reserve")):
        AllocationFactory(
            movement=reserve,
            function=FunctionFactory(code=f"F{n}"),
            cost_type=cost_type,
            month=month,
            amount=sign * amount / 4,
        )
    order = CommitmentFactory(product=product, amount=amount / 8, supplier="Lumora")
    ActualFactory(product=product, month=month, amount=amount / 4, commitment=order)
    package = WorkPackageFactory(product=product, value=amount, planned_start=month)
    ProgressFactory(package=package, on=month.replace(day=20), percent=50)
    return movement


@pytest.fixture
def winter():
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.mark.parametrize("name", PAGES)
def test_each_page_makes_the_same_queries_however_much_there_is(
    name, house, as_person, no_lazy_fetch, winter
):
    add = lambda n: fill(house.product, n)  # noqa: E731
    assert grown(as_person(house.lpdt), url(name, house.product), add) <= PAGE


def test_a_movement_s_page_makes_the_same_queries_however_many_parts(
    house, as_person, no_lazy_fetch
):
    movement = fill(house.product)
    client = as_person(house.lpdt)

    def add(n):
        for sign in (1, -1):
            AllocationFactory(
                movement=movement,
                month=date(2027 + n, 1, 1),
                cost_type="test" if sign > 0 else "tooling",
                amount=sign * 10,
            )

    assert grown(client, url("money-movement", house.product, movement.pk), add) <= PAGE


def test_the_company_s_page_makes_the_same_queries_for_many_products(
    house, as_person, no_lazy_fetch, winter
):
    def add(n):
        fill(house.product if n == 0 else ProductFactory(line=house.line), n)

    assert grown(as_person(house.chair), reverse("ipd:money-company"), add) <= PAGE


@pytest.mark.parametrize("name", PAGES)
def test_without_the_grant_nothing_of_the_money_is_read(
    name, house, as_person, django_assert_max_num_queries
):
    movement = fill(house.product, amount=SENTINEL)

    for person in (house.core_member, house.outsider, house.leader, house.administrator):
        client = as_person(person)
        with django_assert_max_num_queries(PAGE) as captured:
            response = client.get(url(name, house.product))
        assertContains(response, "Restricted")
        for text in (*SHOWN, movement.reference, "Lumora"):
            assertNotContains(response, text)
        read = " ".join(query["sql"] for query in captured.captured_queries)
        for table in ("budgetmovement", "ipd_actual", "commitment", "workpackage"):
            assert table not in read


def test_no_door_shows_an_amount_to_somebody_without_the_grant(
    house, as_person, caplog, mailoutbox
):
    """The sentinel: in no answer to anybody without the grant, in no mail and no log line."""
    movement = fill(house.product, amount=SENTINEL)
    fill(house.confidential_product, amount=SENTINEL)
    package = WorkPackage.objects.filter(product=house.product).first()
    order = Commitment.objects.filter(product=house.product).first()
    doors = [url(name, house.product) for name in PAGES]
    doors += [
        house.product.get_absolute_url(),
        reverse("ipd:money-company"),
        reverse("ipd:portfolio"),
        reverse("kernel:search") + "?q=P-",
        reverse("kernel:inbox"),
        url("money-movement", house.product, movement.pk),
        url("money-package-progress", house.product, package.pk),
        url("money-order-new", house.product),
        url("money-transfer", house.product),
        *(
            url("money-export", house.product, what, ending)
            for what in ("lines", "movements", "parts", "orders", "costs")
            for ending in ("csv", "xlsx")
        ),
    ]
    for person in (house.core_member, house.outsider, house.leader, house.administrator):
        client = as_person(person)
        answers = [client.get(door) for door in doors]
        answers.append(client.post(url("money-order-closing", house.product, order.pk)))
        answers.append(client.post(url("money-order-new", house.product), {"amount": "1"}))
        for answer in answers:
            assert answer.status_code in {200, 403, 404}
            for text in SHOWN[:2]:
                assert text not in answer.content.decode(errors="replace")
    assert "7654321" not in caplog.text
    assert not mailoutbox


def test_what_a_refusal_says_of_money_reaches_only_those_who_see_it(house, as_person):
    MovementFactory(product=house.product, amount=SENTINEL, phase=house.product.phase)

    response = as_person(house.core_member).post(url("money-order-new", house.product), {})

    assert response.status_code == 403


def test_the_summary_tells_what_is_available_and_earned(house, as_person, winter):
    product = house.product
    fill(product)
    response = as_person(house.lpdt).get(url("money", product))

    standing = response.context["standing"]
    assert (standing.sums.budget, standing.sums.actual) == (1_000_000, 250_000)
    assert (standing.sums.committed, standing.sums.available) == (0, 750_000)
    assert (standing.value.ev, standing.value.pv) == (500_000, 1_000_000)
    assertContains(response, "750,000")
    assertContains(response, "2.000")  # CPI
    assertContains(response, "<figure")


def test_a_spent_budget_says_so_and_what_is_missing_is_no_zero(house, as_person):
    MovementFactory(product=house.product, amount=Decimal(100))
    ActualFactory(product=house.product, amount=Decimal(150), month=date(2026, 1, 1))

    response = as_person(house.lpdt).get(url("money", house.product))

    assertContains(response, "budget exhausted")
    assertContains(response, "-50")
    assertContains(response, "more is gone than was given")
    assert response.context["standing"].value.cpi is None


def test_a_currency_without_a_rate_is_named(house, as_person):
    MovementFactory(product=house.product)
    ActualFactory(product=house.product, amount=Decimal(150), currency="INR")

    for name in ("money", "money-lines"):
        response = as_person(house.lpdt).get(url(name, house.product))
        assertContains(response, "Amounts in INR are not in these sums")
    assertContains(as_person(house.chair).get(reverse("ipd:money-company")), "Amounts in INR")


def test_months_come_a_year_at_a_time(house, as_person):
    movement = MovementFactory(product=house.product, amount=Decimal(30))
    for n in range(30):
        AllocationFactory(
            movement=movement, month=date(2025 + n // 12, n % 12 + 1, 1), amount=Decimal(1)
        )
    client = as_person(house.lpdt)

    first = client.get(url("money-months", house.product)).context["window"]
    assert [len(first.rows), first.before, first.after] == [12, None, date(2026, 1, 1)]
    second = client.get(url("money-months", house.product) + "?from=2026-01").context["window"]
    assert (second.before, second.after) == (date(2025, 1, 1), date(2027, 1, 1))
    assert second.rows[0].so_far.budget == 13


def test_exports_hold_what_the_pages_show(house, as_person):
    fill(house.product)
    PeriodFactory()
    RateFactory()
    client = as_person(house.lpdt)

    for what in ("lines", "movements", "parts", "orders", "costs"):
        text = client.get(url("money-export", house.product, what, "csv")).content.decode()
        assert text.count("\r\n") >= 2
        book = client.get(url("money-export", house.product, what, "xlsx"))
        assert book.content.startswith(b"PK")
    assert client.get(url("money-export", house.product, "votes", "csv")).status_code == 404
    for person in (house.core_member, house.outsider):
        address = url("money-export", house.product, "lines", "csv")
        assert as_person(person).get(address).status_code == 403


def test_a_formula_in_a_text_stays_a_text(house, as_person):
    CommitmentFactory(product=house.product, supplier="=cmd()")

    text = as_person(house.lpdt).get(url("money-export", house.product, "orders", "csv"))

    assertContains(text, "'=cmd()")
