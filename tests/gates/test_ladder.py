"""The ladder: reminded, escalated, lapsed, each once, also when the clock stood still."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from gates.actions import conditions
from gates.models import Chain, Condition, Review
from gates.periodic import chase_conditions
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from ipd.models.products import ProductStatus
from teams.models import Function
from tests.factories import ConditionFactory, company

DUE = date(2026, 11, 20)
BEGIN = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def clock(db):
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def house(clock):
    """The company as it stood when the clock began."""
    company.process()
    return company.build()


@pytest.fixture
def condition(house):
    review = house.review(stage="decided", ended_in="GO_COND")
    return ConditionFactory(
        review=review,
        owner=house.core_member,
        verifier=house.pqa,
        function=Function.objects.get(code="RD"),
        due_on=DUE,
        original_due_on=DUE,
    )


def at(clock, days):
    clock.move_to(datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("UTC")) + timedelta(days=days))
    return chase_conditions()


def told(person):
    return Notice.objects.filter(person=person).count()


def test_every_step_is_told_to_its_people_once(condition, house, clock):
    head = condition.function.head
    assert at(clock, -6) == 0
    assert at(clock, -5) == 1
    assert (told(house.core_member), told(house.lpdt), told(house.chair)) == (1, 0, 0)
    assert at(clock, 0) == 0
    assert at(clock, 1) == 1
    assert at(clock, 1) == 0
    assert (told(house.core_member), told(house.lpdt), told(head), told(house.chair)) == (
        2,
        1,
        1,
        0,
    )
    assert at(clock, 10) == 1
    assert (told(house.core_member), told(house.lpdt), told(house.chair)) == (3, 1, 1)
    assert OutboxMessage.objects.filter(recipient=house.chair).count() == 1
    assert at(clock, 19) == 0

    assert at(clock, 20) == 1

    condition.refresh_from_db()
    assert (condition.state, condition.settled_on) == ("lapsed", date(2026, 12, 10))
    [unplanned] = Review.objects.filter(gate__unplanned=True)
    assert unplanned.product == house.product
    assert "Lapsed" in unplanned.reason
    entry = LedgerEntry.objects.get(kind="condition lapsed")
    assert entry.body["unplanned_review"] == unplanned.pk
    assert at(clock, 21) == 0
    assert Review.objects.filter(gate__unplanned=True).count() == 1


def test_after_a_standstill_nobody_lapses_unwarned(condition, house, clock):
    assert at(clock, 25) == 1

    condition.refresh_from_db()
    assert (condition.state, condition.escalation_step) == ("open", 3)
    assert (told(house.core_member), told(house.lpdt), told(house.chair)) == (1, 1, 1)
    assert "reminded" not in condition.events.values_list("what", flat=True)
    assert at(clock, 34) == 0
    assert at(clock, 35) == 1
    condition.refresh_from_db()
    assert condition.state == "lapsed"


def test_what_waits_for_its_verifier_does_not_lapse(condition, house, clock):
    at(clock, 10)
    condition.refresh_from_db()
    conditions.submit(condition, note="Done", by=house.core_member, seen_version=condition.version)

    at(clock, 30)
    condition.refresh_from_db()
    assert condition.state == "submitted"

    conditions.reject(condition, note="No", by=house.pqa, seen_version=condition.version)
    at(clock, 30)
    condition.refresh_from_db()
    assert condition.state == "lapsed"


def test_the_verifier_is_reminded_of_a_submitted_one(condition, house, clock):
    conditions.submit(condition, note="Done", by=house.core_member, seen_version=1)
    Notice.objects.all().delete()

    at(clock, 1)

    assert (told(house.pqa), told(house.core_member)) == (1, 0)


def test_an_extension_starts_the_ladder_anew(condition, house, clock):
    at(clock, 10)
    condition.refresh_from_db()
    conditions.extend(
        condition,
        due_on=DUE + timedelta(days=30),
        reason="Supplier",
        by=house.chair,
        seen_version=condition.version,
    )

    assert at(clock, 20) == 0
    assert at(clock, 25) == 1
    at(clock, 40)
    at(clock, 49)
    condition.refresh_from_db()
    assert condition.state == "open"
    at(clock, 50)
    condition.refresh_from_db()
    assert condition.state == "lapsed"


def test_two_lapses_ask_for_one_unplanned_gate(condition, house, clock):
    ConditionFactory(review=condition.review, due_on=DUE, original_due_on=DUE)
    at(clock, 10)

    assert at(clock, 20) == 2

    assert Review.objects.filter(gate__unplanned=True).count() == 1
    assert LedgerEntry.objects.filter(kind="condition lapsed").count() == 2


def test_a_cancelled_product_s_condition_lapses_without_a_gate(condition, house, clock):
    at(clock, 10)
    house.product.status = ProductStatus.CANCELLED
    house.product.save()

    at(clock, 20)

    condition.refresh_from_db()
    assert condition.state == "lapsed"
    assert condition.events.last().what == "not_booked"


def test_the_days_are_the_chain_s(condition, house, clock):
    Chain.objects.update(remind_before_days=2, escalate_after_days=[3], lapse_after_days=7)

    assert at(clock, -5) == 0
    assert at(clock, -2) == 1
    assert at(clock, 3) == 1
    assert told(house.chair) == 0
    assert at(clock, 7) == 1


def test_one_that_fails_does_not_hold_up_the_others(condition, house, clock, monkeypatch, caplog):
    ConditionFactory(review=condition.review, due_on=DUE, original_due_on=DUE)
    name = conditions.name_of

    def fails(row):
        if row.pk == condition.pk:
            raise ValueError("broken")
        return name(row)

    monkeypatch.setattr(conditions, "name_of", fails)

    assert at(clock, 1) == 1
    assert sorted(Condition.objects.values_list("escalation_step", flat=True)) == [0, 2]
    assert "could not be chased" in caplog.text
