"""Budget movements: transfers, draws on the reserve, parts, closed months; nothing is edited."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from ipd.actions import movements, periods, reserves, work_packages
from ipd.actions.movements import Part
from ipd.kernel.access import Refused
from ipd.kernel.models import LedgerEntry
from ipd.models import (
    Actual,
    BudgetAllocation,
    BudgetMovement,
    PackageProgress,
    Period,
    Rate,
)
from ipd.queries import budgets
from tests.factories import (
    ActualFactory,
    AllocationFactory,
    FunctionFactory,
    MovementFactory,
    PeriodFactory,
    ProductFactory,
    ProgressFactory,
    RateFactory,
    WorkPackageFactory,
)

pytestmark = pytest.mark.django_db
FIELDS = {
    BudgetAllocation: "amount",
    Actual: "amount",
    Period: "closed_by",
    PackageProgress: "percent",
}


@pytest.fixture
def reserve(house):
    """A reserve of 100,000 in a budget of a million."""
    movement = MovementFactory(product=house.product, phase=house.product.phase)
    pm = FunctionFactory(code="PM")
    AllocationFactory(movement=movement, function=pm, cost_type="reserve", amount=Decimal(100_000))
    AllocationFactory(movement=movement, amount=Decimal(900_000))
    return house.product


def draw(product, by, amount, risk="Risk 3", **more):
    return reserves.draw(
        product,
        amount=Decimal(amount),
        function=FunctionFactory(code="RD"),
        cost_type="nre",
        risk=risk,
        reason="The engine drifts",
        by=by,
        **more,
    )


def test_a_draw_moves_money_inside_the_budget_and_names_its_risk(house, reserve):
    made = draw(reserve, house.lpdt, 25_000)

    assert (made.amount, made.reference) == (0, "Risk 3")
    assert budgets.of(reserve).budget == 1_000_000
    assert (budgets.reserve(reserve).drawn, budgets.reserve(reserve).left) == (25_000, 75_000)
    lines = {row.cost_type: row.sums.budget for row in budgets.lines(budgets.facts(reserve))}
    assert lines == {"labour": 900_000, "nre": 25_000, "reserve": 75_000}
    assert LedgerEntry.objects.filter(kind="budget moved", actor=house.lpdt).exists()


def test_a_draw_stays_inside_the_limits_of_one_and_of_all(house, reserve):
    with pytest.raises(Refused, match="Charlotte Chair"):
        draw(reserve, house.lpdt, "25000.01")
    draw(reserve, house.lpdt, 25_000)
    with pytest.raises(Refused, match="26 % drawn; your limit is 25 %"):
        draw(reserve, house.lpdt, 1_000, "Risk 4")
    draw(reserve, house.chair, 50_000, "Risk 4")
    with pytest.raises(Refused, match="resolution of the IPMT"):
        draw(reserve, house.chair, 10_000, "Risk 5")
    draw(reserve, house.chair, 10_000, "Risk 5", resolution="IPMT 2026-11-05")


def test_a_draw_is_refused_beyond_the_reserve_without_a_risk_and_twice(house, reserve):
    with pytest.raises(Refused, match="less left"):
        draw(reserve, house.chair, 100_001)
    with pytest.raises(Refused, match="Name the risk"):
        draw(reserve, house.chair, 1_000, " ")
    draw(reserve, house.chair, 1_000)
    with pytest.raises(Refused, match="moved this money already"):
        draw(reserve, house.chair, 1_000)


def test_a_transfer_is_two_movements_with_one_cause(house):
    giver, taker = house.product, ProductFactory(line=house.line)
    MovementFactory(product=giver, amount=Decimal(1_000), phase=giver.phase)
    told = {"cause": "IPMT 7", "reason": "x", "by": house.chair}

    movements.transfer(giver, taker, amount=Decimal(600), **told)

    assert (budgets.of(giver).available, budgets.of(taker).available) == (400, 600)
    with pytest.raises(Refused, match="moved this money already"):
        movements.transfer(giver, taker, amount=Decimal(100), **told)
    with pytest.raises(Refused, match="less available"):
        movements.transfer(giver, taker, amount=Decimal(401), **(told | {"cause": "IPMT 8"}))
    with pytest.raises(Refused, match="another product"):
        movements.transfer(giver, giver, amount=Decimal(1), **(told | {"cause": "IPMT 8"}))


def test_parts_make_their_movement(house):
    movement = MovementFactory(product=house.product, amount=Decimal(100))
    part = Part(FunctionFactory(code="RD"), "labour", date(2026, 1, 15), Decimal(99))

    with pytest.raises(Refused, match="do not make"):
        movements.break_down(movement, [part], by=house.lpdt)
    whole = Part(FunctionFactory(code="RD"), "labour", date(2026, 1, 15), Decimal(100))
    movements.break_down(movement, [whole], by=house.lpdt)
    with pytest.raises(Refused, match="already"):
        movements.break_down(movement, [whole], by=house.lpdt)
    assert movement.allocations.get().month == date(2026, 1, 1)


def test_the_database_compares_the_sums_at_the_commit(house):
    AllocationFactory(movement=MovementFactory(product=house.product), amount=Decimal("999999.99"))

    with (
        pytest.raises(IntegrityError, match="do not make its amount"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


def test_what_was_written_is_never_changed_or_deleted(house):
    allocation = AllocationFactory(movement=MovementFactory(product=house.product))
    rows = [
        allocation,
        ActualFactory(product=house.product),
        PeriodFactory(),
        ProgressFactory(),
    ]
    for row in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{FIELDS[type(row)]: 1})
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).delete()
        table = type(row)._meta.db_table
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f'SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE "{table}" CASCADE')
    for model in (Actual, BudgetAllocation, Period, PackageProgress):
        assert model.objects.count() == 1


def test_a_movement_s_cause_counts_once_in_the_database(house):
    one = MovementFactory(product=house.product)

    with pytest.raises(IntegrityError, match="one_cause_moves"), transaction.atomic():
        MovementFactory(product=house.product, kind=one.kind, reference=one.reference)
    assert BudgetMovement.objects.count() == 1


def test_a_month_is_closed_in_turn_when_it_is_over(house):
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        periods.close(date(2026, 10, 1), by=house.secretary)

        with pytest.raises(Refused, match="are closed"):
            periods.close(date(2026, 10, 1), by=house.secretary)
        with pytest.raises(Refused, match="2026-11 is not over"):
            periods.close(date(2026, 11, 1), by=house.secretary)
        with pytest.raises(Refused, match="the next is 2026-11"):
            periods.close(date(2026, 12, 1), by=house.secretary)
    assert LedgerEntry.objects.filter(kind="month closed").count() == 1


def test_a_closed_month_takes_no_actuals_and_a_correction_goes_to_the_next(house):
    ActualFactory(product=house.product, month=date(2026, 1, 1), amount=Decimal(500))
    PeriodFactory(month=date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="books of 2026-01 are closed"), transaction.atomic():
        ActualFactory(product=house.product, month=date(2026, 1, 1))
    ActualFactory(product=house.product, month=date(2026, 2, 1), amount=Decimal(-500))
    assert budgets.of(house.product).actual == 0


def test_progress_is_reported_forward_in_open_months(house):
    package = WorkPackageFactory(product=house.product, rule="0_100")

    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        PeriodFactory(month=date(2026, 10, 1), closed_on=date(2026, 11, 5))
        for day, percent, why in [
            (date(2026, 11, 23), 100, "not before"),
            (date(2026, 10, 20), 100, "are closed"),
            (date(2026, 11, 20), 50, "one of: 0, 100"),
        ]:
            with pytest.raises(Refused, match=why):
                work_packages.report(package, on=day, percent=percent, by=house.lpdt)
        work_packages.report(package, on=date(2026, 11, 20), percent=100, by=house.lpdt)
        with pytest.raises(Refused, match="report a later day"):
            work_packages.report(package, on=date(2026, 11, 19), percent=100, by=house.lpdt)


def test_a_rate_holds_from_its_month_until_the_next(house):
    RateFactory(currency="SEK", valid_from=date(2025, 1, 1), units=Decimal(10))
    RateFactory(currency="SEK", valid_from=date(2026, 1, 1), units=Decimal(8))
    for month in (date(2025, 12, 1), date(2026, 1, 1)):
        ActualFactory(product=house.product, month=month, amount=Decimal(80), currency="SEK")
    ActualFactory(
        product=house.product, month=date(2024, 12, 1), amount=Decimal(80), currency="SEK"
    )

    sums = budgets.of(house.product)
    assert (sums.actual, sums.missing) == (18, {"SEK"})
    with pytest.raises(IntegrityError, match="begins_with_its_month"), transaction.atomic():
        Rate.objects.create(currency="SEK", valid_from=date(2026, 3, 2), units=1)
