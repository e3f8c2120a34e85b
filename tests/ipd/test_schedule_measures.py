"""The way from contract to market: against the first promise, against the one in force, in days."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
import time_machine

from ipd.kernel.measures import MEASURES, Status
from ipd.models.products import ProductStatus
from tests.factories import ActualFactory, ProductFactory
from tests.factories.contracts import ContractFactory
from tests.factories.plans import PlanFactory
from tests.factories.risks import SimulationFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
SIGNED = date(2025, 1, 30)


@pytest.fixture(autouse=True)
def _today(process):
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


def read(key, *products, day=DAY):
    return MEASURES[key].on([product.pk for product in products], day)


def percent(key, product, day=DAY):
    reading = read(key, product, day=day).get(product.pk)
    return None if reading is None else round(100 * reading.ratio, 1)


@pytest.fixture
def late():
    """Promised for September, promised again for February, expected in March."""
    product = ProductFactory(in_phase="QUALIFY", ga_on=date(2027, 2, 26))
    ContractFactory(
        product=product,
        version=1,
        signed_on=SIGNED,
        ga_on=date(2026, 9, 30),
        is_current=False,
        ended_on=date(2026, 7, 30),
    )
    ContractFactory(
        product=product, version=2, signed_on=date(2026, 7, 30), ga_on=date(2027, 2, 26)
    )
    SimulationFactory(plan=PlanFactory(product=product))
    return product


def test_a_late_product_is_late_against_what_was_first_promised(late):
    assert percent("schedule_deviation_original", late) == D("28.9")
    assert percent("schedule_deviation_current", late) == D("3.6")
    reading = read("schedule_deviation_original", late)[late.pk]
    assert (reading.numerator, reading.denominator) == (176, 608)
    assert reading.detail == "2027-03-25 (P50) against 2026-09-30, from 2025-01-30"


def test_on_an_earlier_day_the_promise_and_the_forecast_of_that_day_count(late):
    with time_machine.travel("2026-01-01T12:00:00+00:00", tick=False):
        day = date(2026, 10, 30)
        SimulationFactory(plan=late.plan, p10_on=day, p50_on=day, p80_on=day, p90_on=day)
    SimulationFactory(plan=late.plan)
    assert percent("schedule_deviation_current", late, date(2026, 6, 30)) == D("4.9")
    assert percent("schedule_deviation_current", late) == D("3.6")


def test_a_plan_that_moved_since_is_an_estimate(late):
    late.plan.version += 1
    late.plan.save()
    assert read("schedule_deviation_original", late)[late.pk].status == Status.ESTIMATED


def test_without_a_simulation_the_plan_s_own_finish_counts():
    product = ProductFactory(in_phase="DEVELOP")
    ContractFactory(product=product, signed_on=date(2026, 1, 1), ga_on=date(2026, 4, 11))
    PlanFactory(product=product, finishes_at=datetime(2026, 5, 1, 17, tzinfo=UTC))
    assert percent("schedule_deviation_original", product) == 20


def test_what_was_reached_counts_and_a_promise_that_passed_does_not():
    launched = ProductFactory(in_phase="LAUNCH", ga_on=date(2026, 10, 19))
    overdue = ProductFactory(in_phase="QUALIFY", ga_on=date(2026, 10, 5))
    for product in (launched, overdue):
        ContractFactory(product=product, signed_on=date(2025, 2, 20), ga_on=date(2026, 10, 5))
    assert percent("schedule_deviation_original", launched) == D("2.4")
    assert percent("schedule_deviation_original", overdue) is None
    days = read("time_from_contract", launched, overdue)
    assert (days[launched.pk].numerator, days[overdue.pk].status) == (606, Status.NOT_DUE)


def test_without_a_signed_contract_nothing_is_promised():
    drafted = ContractFactory(draft=True).product
    assert read("schedule_deviation_original", drafted, ProductFactory()) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_queries_for_any_number_of_products(django_assert_num_queries, count):
    products = [ContractFactory(signed_on=SIGNED).product for _each in range(count)]
    with django_assert_num_queries(4):
        read("schedule_deviation_original", *products)


def test_waste_is_the_cost_since_the_contract_of_what_was_cancelled():
    cancelled = ProductFactory(status=ProductStatus.CANCELLED)
    stopped_early = ProductFactory(status=ProductStatus.CANCELLED)
    running = ProductFactory()
    ContractFactory(
        product=cancelled,
        signed_on=date(2025, 10, 16),
        is_current=False,
        ended_on=date(2026, 5, 28),
    )
    for product in (cancelled, stopped_early, running):
        for month, amount in (
            (date(2025, 9, 1), 300),
            (date(2025, 10, 1), 40),
            (date(2026, 4, 1), 60),
        ):
            ActualFactory(product=product, month=month, amount=amount)

    found = read("rnd_waste", cancelled, stopped_early, running)
    figures = {pk: (one.numerator, one.denominator) for pk, one in found.items()}
    assert figures == {cancelled.pk: (100, 60), stopped_early.pk: (0, 60), running.pk: (0, 60)}
    assert read("rnd_waste", cancelled, day=date(2027, 8, 1)) == {}
