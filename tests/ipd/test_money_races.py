"""Money under many hands at once: the last of it is committed once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from ipd.actions import commitments, movements, periods, reserves
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.models import Actual, BudgetMovement, Commitment, Period
from ipd.queries import budgets
from tests.factories import (
    ActualFactory,
    AllocationFactory,
    CommitmentFactory,
    FunctionFactory,
    MovementFactory,
    ProductFactory,
)
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6


def through(call):
    """What those got who got through."""
    done, _refused = at_once(by_hands(call, HANDS), refusals=(Refused, IntegrityError))
    return done


@pytest.fixture
def rd():
    return FunctionFactory(code="RD")


def order(product, number, amount, rd, by, **more):
    return commitments.commit(
        product,
        reference=f"PO {number}",
        amount=Decimal(amount),
        currency="EUR",
        function=rd,
        cost_type="nre",
        by=by,
        **more,
    )


def test_the_last_money_is_committed_once_by_whoever(house, rd):
    MovementFactory(product=house.product, amount=Decimal(10_000), phase=house.product.phase)
    people = [house.lpdt, house.chair]

    done = through(lambda n: order(house.product, n, 10_000, rd, people[n % 2]))

    assert len(done) == 1
    assert (Commitment.objects.count(), budgets.of(house.product).available) == (1, 0)


def test_an_order_is_not_split_by_sending_its_parts_at_once(house, rd):
    MovementFactory(product=house.product, amount=Decimal(10**7), phase=house.product.phase)

    done = through(lambda n: order(house.product, n, 20_000, rd, house.lpdt, supplier="Lumora"))

    assert len(done) == 2


def test_a_product_gives_away_what_it_has_once(house):
    MovementFactory(product=house.product, amount=Decimal(1_000), phase=house.product.phase)
    takers = [ProductFactory(line=house.line) for _n in range(HANDS)]

    def move(number):
        return movements.transfer(
            house.product,
            takers[number],
            amount=Decimal(1_000),
            cause=f"IPMT {number}",
            reason="x",
            by=house.chair,
        )

    assert len(through(move)) == 1
    assert BudgetMovement.objects.filter(kind="transfer").count() == 2


def test_transfers_across_do_not_wait_for_each_other(house):
    pair = [house.product, ProductFactory(line=house.line)]
    for product in pair:
        MovementFactory(product=product, amount=Decimal(10_000), phase=product.phase)

    def move(number):
        giver, taker = pair if number % 2 else pair[::-1]
        return movements.transfer(
            giver, taker, amount=Decimal(10), cause=f"I {number}", reason="x", by=house.chair
        )

    assert len(through(move)) == HANDS


def test_the_reserve_is_drawn_once(house, rd):
    movement = MovementFactory(product=house.product, amount=Decimal(1_000))
    AllocationFactory(movement=movement, cost_type="reserve")

    def draw(number):
        return reserves.draw(
            house.product,
            amount=Decimal(750),
            function=rd,
            cost_type="nre",
            risk=f"Risk {number}",
            reason="x",
            by=house.chair,
        )

    assert len(through(draw)) == 1


def test_an_order_is_closed_once(house):
    row = CommitmentFactory(product=house.product)

    assert len(through(lambda n: commitments.close(row, by=house.chair))) == 1


def test_a_month_closes_behind_the_last_cost(house):
    """Whoever comes first: no cost of a closed month is entered after its closing."""
    month = date(today().year - 1, 1, 1)
    Period.objects.create(month=date(today().year - 2, 12, 1), closed_on=today())
    function = FunctionFactory(code="RD")

    def act(number):
        if number == 0:
            return periods.close(month, by=house.secretary)
        return ActualFactory(product=house.product, month=month, function=function)

    done = through(act)

    assert Period.objects.filter(month=month).exists()
    assert len(done) == 1 + Actual.objects.count()
    with pytest.raises(IntegrityError):
        ActualFactory(product=house.product, month=month, function=function)
