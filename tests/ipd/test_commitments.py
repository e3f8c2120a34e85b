"""Purchase orders: who may make which, what they are refused for, and what they leave."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ipd.actions import commitments
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Touch
from ipd.models import Commitment, Phase
from ipd.queries import budgets
from teams.models import Seat
from tests.factories import (
    ActualFactory,
    AllocationFactory,
    CommitmentFactory,
    FunctionFactory,
    MovementFactory,
    PersonFactory,
    ProductFactory,
    RateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rd():
    return FunctionFactory(code="RD")


@pytest.fixture
def funded(house, rd):
    """Ten millions for the product, not broken down."""
    MovementFactory(product=house.product, amount=Decimal(10_000_000), phase=house.product.phase)
    return house.product


def order(product, by, amount, rd=None, **more):
    given = {
        "reference": f"PO {amount} {more.get('supplier', '')}{Commitment.objects.count()}",
        "amount": Decimal(amount),
        "currency": "EUR",
        "function": rd or FunctionFactory(code="RD"),
        "cost_type": "nre",
        "by": by,
    }
    return commitments.commit(product, **(given | more))


def test_an_order_inside_the_limit_is_made_recorded_and_takes_money(house, funded):
    made = order(funded, house.lpdt, 50_000, supplier="Lumora")

    assert (made.level, made.by, made.on, made.phase) == (1, house.lpdt, today(), funded.phase)
    assert budgets.of(funded).available == 9_950_000
    entry = LedgerEntry.objects.get(kind="money committed")
    assert (entry.actor, entry.subject) == (house.lpdt, f"product:{funded.pk}")
    assert Touch.objects.filter(product_id=funded.pk).exists()


def test_above_the_limit_the_sentence_names_who_may(house, funded):
    with pytest.raises(Refused) as refusal:
        order(funded, house.lpdt, "50000.01")

    assert "50,000 EUR" in str(refusal.value)
    assert "Charlotte Chair up to 500,000 EUR" in str(refusal.value)
    assert not Commitment.objects.exists()


def test_the_chair_covers_the_second_level(house, funded):
    assert order(funded, house.chair, 500_000).level == 2


def test_a_body_decides_above_the_chair_and_its_resolution_is_kept(house, funded):
    with pytest.raises(Refused, match="resolution of the IPMT"):
        order(funded, house.chair, 600_000)
    with pytest.raises(Refused, match="resolution of the IPMT"):
        order(funded, house.lpdt, 600_000, resolution="IPMT 2026-11-05, item 3")

    made = order(funded, house.chair, 600_000, resolution="IPMT 2026-11-05, item 3")
    assert (made.level, made.resolution) == (3, "IPMT 2026-11-05, item 3")
    assert order(funded, house.chair, 5_100_000, resolution="IRB 41").level == 4


@pytest.mark.parametrize("same", [{"supplier": "Lumora"}, {"part": "OE-400Z"}])
def test_orders_split_within_the_window_count_as_one(house, funded, same):
    order(funded, house.lpdt, 30_000, **same)

    with pytest.raises(Refused) as refusal:
        order(funded, house.lpdt, 30_000, **{k: v.lower() for k, v in same.items()})

    assert "makes 60,000 EUR" in str(refusal.value)
    assert order(funded, house.lpdt, 30_000, supplier="Another").level == 1


def test_an_order_of_long_ago_is_no_split(house, funded):
    CommitmentFactory(
        product=funded, supplier="Lumora", amount=Decimal(40_000), on=today() - timedelta(days=31)
    )

    assert order(funded, house.lpdt, 30_000, supplier="Lumora").level == 1


def test_a_person_does_not_split_over_products(house, funded):
    CommitmentFactory(
        product=ProductFactory(), supplier="Lumora", amount=Decimal(40_000), by=house.lpdt
    )

    with pytest.raises(Refused, match="makes 70,000 EUR"):
        order(funded, house.lpdt, 30_000, supplier="Lumora")


def test_money_of_a_later_phase_waits_for_its_gate(house, funded):
    later = Phase.objects.get(process=funded.process, code="DEVELOP")

    with pytest.raises(Refused, match="released by its gate; the product is in Plan"):
        order(funded, house.lpdt, 1_000, phase=later)


def test_money_given_for_a_later_phase_is_locked(house):
    later = Phase.objects.get(process=house.product.process, code="DEVELOP")
    MovementFactory(product=house.product, amount=Decimal(10_000), phase=later)

    with pytest.raises(Refused, match="has less left"):
        order(house.product, house.lpdt, 1_000)


def test_an_expired_seat_gives_no_authority(house, funded):
    Seat.objects.filter(person=house.lpdt).update(period=DateRange(date(2020, 1, 1), today()))

    with pytest.raises(Refused, match="You hold no seat"):
        order(funded, house.lpdt, 1_000)


def test_a_deputy_acts_inside_the_dates_of_the_seat(house, funded):
    deputy = PersonFactory()
    seats = Seat.objects.filter(person=house.lpdt)
    seats.update(deputy=deputy)
    assert order(funded, deputy, 1_000).level == 1

    seats.update(period=DateRange(date(2020, 1, 1), today()))
    with pytest.raises(Refused, match="You hold no seat"):
        order(funded, deputy, 1_000)


def test_a_chair_s_deputy_has_no_authority(house, funded):
    deputy = PersonFactory()
    Seat.objects.filter(person=house.chair).update(deputy=deputy)

    with pytest.raises(Refused, match="You hold no seat"):
        order(funded, deputy, 1_000)


def test_what_is_spent_and_promised_is_not_there_any_more(house, rd):
    MovementFactory(product=house.product, amount=Decimal(10_000), phase=house.product.phase)
    ActualFactory(product=house.product, amount=Decimal(4_000))
    CommitmentFactory(product=house.product, amount=Decimal(5_000))

    with pytest.raises(Refused, match="The product has less left"):
        order(house.product, house.lpdt, 1_001)
    assert order(house.product, house.lpdt, 1_000)


def test_a_line_spends_its_own_budget_and_what_is_not_broken_down(house, rd):
    movement = MovementFactory(product=house.product, amount=Decimal(10_000))
    AllocationFactory(movement=movement, function=rd, cost_type="nre", amount=Decimal(3_000))
    AllocationFactory(movement=movement, function=rd, cost_type="test", amount=Decimal(7_000))

    with pytest.raises(Refused, match="has less left for prototypes"):
        order(house.product, house.lpdt, 3_001)
    MovementFactory(product=house.product, amount=Decimal(500), kind="tranche")
    assert order(house.product, house.lpdt, 3_500)


def test_nothing_is_committed_from_the_reserve_or_for_nothing(house, funded):
    with pytest.raises(Refused, match="drawn first"):
        order(funded, house.lpdt, 1_000, cost_type="reserve")
    with pytest.raises(Refused, match="how much"):
        order(funded, house.lpdt, 0)


def test_a_product_that_waits_or_stopped_commits_nothing(house, funded):
    funded.status = "on_hold"
    funded.save()

    with pytest.raises(Refused, match="not active"):
        order(funded, house.lpdt, 1_000)


def test_a_reference_is_used_once(house, funded):
    order(funded, house.lpdt, 1_000, reference="PO 7")

    with pytest.raises(Refused, match="PO 7 already"):
        order(funded, house.lpdt, 1_000, reference="PO 7")


def test_other_currencies_count_at_the_budget_rate_and_keep_their_amount(house, funded):
    with pytest.raises(Refused, match="no budget rate of SEK"):
        order(funded, house.lpdt, 565_000, currency="SEK")

    RateFactory(currency="SEK", units=Decimal("11.3"))
    made = order(funded, house.lpdt, 565_000, currency="SEK")
    assert (made.amount, made.currency, made.level) == (565_000, "SEK", 1)
    assert budgets.of(funded).committed == 50_000
    with pytest.raises(Refused, match=r"50,000\.09 EUR is above"):
        order(funded, house.lpdt, 565_001, currency="SEK")


def test_without_a_rate_what_is_left_cannot_be_told(house, funded):
    ActualFactory(product=funded, amount=Decimal(1), currency="INR")

    with pytest.raises(Refused, match="INR is missing"):
        order(funded, house.lpdt, 1_000)


def test_paid_parts_are_open_no_more_and_a_closed_order_gives_the_rest_back(house, funded):
    made = order(funded, house.lpdt, 40_000)
    ActualFactory(product=funded, amount=Decimal(15_000), commitment=made)
    assert budgets.of(funded).committed == 25_000

    commitments.close(made, by=house.lpdt)

    sums = budgets.of(funded)
    assert (sums.committed, sums.available) == (0, 9_985_000)
    with pytest.raises(Refused, match="was closed on"):
        commitments.close(made, by=house.lpdt)


def test_more_paid_than_ordered_never_makes_money(house, funded):
    made = order(funded, house.lpdt, 40_000)
    ActualFactory(product=funded, amount=Decimal(45_000), commitment=made)

    sums = budgets.of(funded)
    assert (sums.committed, sums.actual) == (0, 45_000)


def test_the_database_lets_an_order_only_be_closed(house, funded):
    made = order(funded, house.lpdt, 40_000)

    for change in ({"amount": 1}, {"supplier": "x"}, {"closed_on": today(), "amount": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.delete()
    Commitment.objects.filter(pk=made.pk).update(closed_on=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=made.pk).update(closed_on=None)
