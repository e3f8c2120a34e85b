"""What a decision does: the next attempt, holds and thaws, the stop."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from gates.actions import votes
from gates.models import Review
from gates.models.reviews import Stage
from ipd.kernel.days import today
from ipd.models import BudgetMovement
from ipd.queries import budgets
from tests.factories import ActualFactory, CommitmentFactory
from tests.gates.helpers import all_vote, decide, everybody_enters, revealed

pytestmark = pytest.mark.django_db


def test_redirect_books_the_next_attempt_and_keeps_the_phase(house):
    review = revealed(house)

    decide(
        review,
        house,
        "REDIRECT",
        reason_code=review.gate.chain.process.reason_codes.first(),
        changes_asked="A second source and a firm forecast.",
        override_rationale="The supply risk that came up today outweighs the case presented.",
    )

    again = Review.objects.open().get(product=house.product, gate=review.gate)
    house.product.refresh_from_db()
    assert (again.attempt, house.product.phase.code) == (2, "PLAN")
    assert BudgetMovement.objects.get(product=house.product).kind == "bridge"


def test_hold_freezes_and_the_next_go_thaws(house):
    BudgetMovement.objects.create(
        product=house.product, on=today(), kind="initial", amount=900, reference="start"
    )
    review = revealed(house)
    decide(
        review,
        house,
        "HOLD",
        amount=Decimal(200),
        next_on=None,
        expires_on=today() + timedelta(days=60),
        restart_trigger="The licence is renewed.",
        reason_code=review.gate.chain.process.reason_codes.first(),
        override_rationale="The licence the product depends on is not renewed before spring.",
    )
    house.product.refresh_from_db()
    assert house.product.status == "on_hold"
    assert budgets.of(house.product).budget == 200
    again = Review.objects.open().get(product=house.product, gate=review.gate)
    assert again.planned_on == today() + timedelta(days=60)

    Review.objects.filter(pk=again.pk).update(stage=Stage.FIRST_VOTE)
    again.criteria.update(state="met", assessed_by=house.lpdt, assessed_at=timezone.now())
    again.refresh_from_db()
    everybody_enters(again, house)
    all_vote(again, house, "GO")
    decide(votes.reveal(again, by=house.chair, seen_version=again.version), house, "GO")

    house.product.refresh_from_db()
    assert house.product.status == "active"
    assert budgets.of(house.product).budget == 900 + Decimal("1250000")


def test_no_go_cancels_returns_the_money_and_withdraws_what_was_booked(house):
    BudgetMovement.objects.create(
        product=house.product, on=today(), kind="initial", amount=900, reference="start"
    )
    other = house.review(at="TR3")
    review = revealed(house)

    decide(
        review,
        house,
        "NO_GO",
        amount=Decimal(100),
        sunk_cost=Decimal(500),
        reuse_plan="People move to Aurora.",
        reason_code=review.gate.chain.process.reason_codes.first(),
        override_rationale="The market moved: two customers left since the pack was sent.",
    )

    house.product.refresh_from_db()
    other.refresh_from_db()
    assert (house.product.status, other.stage) == ("cancelled", Stage.WITHDRAWN)
    assert budgets.of(house.product).budget == 600


def with_costs(house):
    BudgetMovement.objects.create(
        product=house.product, on=today(), kind="initial", amount=900, reference="start"
    )
    order = CommitmentFactory(product=house.product, amount=Decimal(300))
    ActualFactory(product=house.product, amount=Decimal(100), commitment=order)
    ActualFactory(product=house.product, amount=Decimal(250))
    return revealed(house)


def test_a_hold_leaves_what_is_spent_and_what_is_committed(house):
    decide(
        with_costs(house),
        house,
        "HOLD",
        amount=None,
        next_on=None,
        expires_on=today() + timedelta(days=60),
        restart_trigger="The licence is renewed.",
        reason_code=house.product.process.reason_codes.first(),
        override_rationale="The licence the product depends on is not renewed before spring.",
    )

    money = budgets.of(house.product)
    assert (money.frozen, money.available) == (-350, 0)
    assert (money.actual, money.committed) == (350, 200)


def test_a_stop_returns_what_is_neither_spent_nor_committed(house):
    decide(
        with_costs(house),
        house,
        "NO_GO",
        amount=Decimal(50),
        sunk_cost=Decimal(200),
        reuse_plan="People move to Aurora.",
        reason_code=house.product.process.reason_codes.first(),
        override_rationale="The market moved: two customers left since the pack was sent.",
    )

    money = budgets.of(house.product)
    assert BudgetMovement.objects.get(product=house.product, kind="return").amount == -300
    assert money.available == 50
