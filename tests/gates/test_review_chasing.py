"""What the clock says about reviews: steps that fall due, meetings that passed, holds that end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gates.models import Condition, Decision, Review
from gates.periodic import chase_reviews
from ipd.kernel.days import add_working_days, today
from ipd.kernel.models import Notice
from ipd.models.products import ProductStatus
from tests.factories import ConditionFactory, company

BEGIN = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def clock(db):
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def house(clock):
    company.process()
    return company.build()


def go(clock, day):
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("UTC")))
    chase_reviews()
    chase_reviews()


def news(person, text):
    return Notice.objects.filter(person=person, text__contains=text).count()


def test_a_step_is_named_to_its_owner_once_when_it_falls_due(house, clock):
    meeting = add_working_days(today(), 20)
    house.review(planned_on=meeting)

    go(clock, add_working_days(meeting, -16))
    assert news(house.pqa, "Pre-review") == 0
    go(clock, add_working_days(meeting, -15))
    assert news(house.pqa, "Pre-review") == 1
    go(clock, add_working_days(meeting, -14))
    assert news(house.pqa, "Pre-review") == 1
    go(clock, add_working_days(meeting, -5))
    assert news(house.secretary, "Pack sent") == 1


def test_a_step_that_is_done_is_not_named(house, clock):
    meeting = add_working_days(today(), 5)
    house.review(planned_on=meeting, stage="locked")

    go(clock, today())

    assert news(house.secretary, "Pack sent") == 0


def test_a_pack_that_is_not_locked_and_a_meeting_that_passed(house, clock):
    meeting = add_working_days(today(), 10)
    house.review(planned_on=meeting)

    go(clock, add_working_days(meeting, -1))
    assert news(house.secretary, "not locked") == 1
    assert news(house.chair, "has no decision") == 0
    go(clock, meeting + timedelta(days=3))
    assert (news(house.secretary, "has no decision"), news(house.chair, "has no decision")) == (
        1,
        1,
    )


def test_after_the_decision_owners_are_asked_to_accept(house, clock):
    review = house.review(stage="decided", ended_in="GO_COND", decision__is_imported=False)
    condition = ConditionFactory(review=review, owner=house.core_member)
    accepted = ConditionFactory(review=review, owner=house.lpdt)
    Condition.objects.filter(pk=accepted.pk).update(accepted_at=BEGIN)

    go(clock, add_working_days(review.held_on, 2))

    assert news(house.core_member, f"Accept condition {condition.number}") == 1
    assert news(house.lpdt, "Accept condition") == 0
    go(clock, add_working_days(review.held_on, 30))
    assert news(house.pqa, "Effectiveness") == 1


def test_nobody_is_reminded_of_imported_history(house, clock):
    review = house.review(stage="decided", ended_in="GO_COND")

    go(clock, add_working_days(review.held_on, 2))

    assert not Notice.objects.exists()


def test_a_hold_that_ends_comes_back_to_the_agenda_once(house, clock):
    ends = today() + timedelta(days=90)
    fields = {"decision__expires_on": ends, "decision__restart_trigger": "Licence granted"}
    review = house.review(stage="decided", ended_in="HOLD", **fields)
    house.product.status = ProductStatus.ON_HOLD
    house.product.save()

    go(clock, ends - timedelta(days=1))
    assert Review.objects.count() == 1
    go(clock, ends)

    [again] = Review.objects.exclude(pk=review.pk)
    assert (again.gate, again.attempt) == (review.gate, 2)
    assert "Licence granted" in again.reason
    assert Decision.objects.count() == 1


def test_a_confidential_product_s_steps_reach_only_its_people(house, clock):
    meeting = add_working_days(today(), 15)
    house.review(product=house.confidential_product, planned_on=meeting)

    go(clock, meeting + timedelta(days=1))

    assert not Notice.objects.filter(person__in=[house.chair, house.secretary]).exists()
