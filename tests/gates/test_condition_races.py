"""Conditions under many hands at once: each step is taken once."""

from datetime import timedelta

import pytest

from gates.actions import condition_waivers, conditions, digests, escalating
from gates.models import Condition
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from tests.factories import ConditionFactory
from tests.races import HANDS, at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def condition(house):
    review = house.review(stage="decided", ended_in="GO_COND")
    return ConditionFactory(review=review, owner=house.core_member, verifier=house.pqa)


def test_it_is_verified_or_rejected_never_both(condition, house):
    conditions.submit(condition, note="Report", by=house.core_member, seen_version=1)

    def judge(number):
        act = conditions.verify if number % 2 else conditions.reject
        return act(condition, note="x", by=house.pqa, seen_version=2)

    done, _refused = at_once(by_hands(judge), refusals=Refused)

    assert len(done) == 1
    assert condition.events.count() == 2


def test_it_is_extended_once(condition, house):
    def extend(number):
        day = condition.due_on + timedelta(days=number + 1)
        return conditions.extend(
            condition, due_on=day, reason="Supplier", by=house.chair, seen_version=1
        )

    done, _refused = at_once(by_hands(extend), refusals=Refused)

    assert len(done) == 1
    condition.refresh_from_db()
    assert condition.extensions == 1
    assert LedgerEntry.objects.filter(kind="condition extended").count() == 1


def test_two_signers_at_once_make_one_waiver_of_two_lines(condition, house):
    head = house.member

    def sign(number):
        by = house.chair if number % 2 else head
        fresh = Condition.objects.get(pk=condition.pk)
        return condition_waivers.sign(fresh, reason="Obsolete", by=by, seen_version=fresh.version)

    for _ in range(3):
        at_once(by_hands(sign), refusals=Refused)

    assert LedgerEntry.objects.filter(kind="condition waived").count() == 1
    assert [e.what for e in condition.events.all()][-1] == "waived"


def test_the_clock_beating_in_several_workers_tells_each_step_once(house):
    review = house.review(stage="decided", ended_in="GO_COND")
    due = today() - timedelta(days=2)
    for _ in range(6):
        ConditionFactory(
            review=review,
            owner=house.core_member,
            verifier=house.pqa,
            due_on=due,
            original_due_on=due,
        )

    moved, _refused = at_once([escalating.chase] * HANDS)

    assert sum(moved) == 6
    assert Notice.objects.filter(person=house.lpdt).count() == 6
    assert OutboxMessage.objects.filter(recipient=house.core_member).count() == 6


def test_one_digest_a_day_however_many_workers_bundle(house):
    house.lpdt.digest_hour = 0
    house.lpdt.save()
    for number in range(30):
        Notice.objects.create(person=house.lpdt, dedupe_key=str(number), text="News", why="x")

    bundled, _refused = at_once([digests.bundle] * HANDS)

    assert sum(bundled) == 1
    [message] = OutboxMessage.objects.all()
    assert "30" in message.subject
