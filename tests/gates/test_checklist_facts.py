"""What reviews, plans and risks tell of somebody's first weeks; each fact once false, once true."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from gates.actions import conditions, reviews, room
from gates.models import Presence, Review
from ipd.kernel.days import today
from teams.facts import FACTS
from teams.models import Seat
from tests.factories import (
    ConditionFactory,
    EvidenceFactory,
    QuestionFactory,
    ReviewFactory,
)
from tests.factories.gates import VoteFactory
from tests.factories.plans import ActivityFactory
from tests.factories.risks import RiskFactory

pytestmark = pytest.mark.django_db
TR, DCP = {"gate_chain": "TR"}, {"gate_chain": "DCP"}


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-23 09:00Z", tick=False):
        yield


def told(fact, person, params=None) -> int:
    """How often it is true, for the first of the person's seats."""
    seat = Seat.objects.filter(person=person).first()
    rows = FACTS[fact](person, seat, params or {})
    return rows if isinstance(rows, int) else rows.count()


def test_a_plan_tells_of_estimates_with_three_values(house):
    plan = ActivityFactory(owner=house.core_member).plan
    assert told("activity_estimated", house.core_member) == 0
    ActivityFactory(
        plan=plan, owner=house.core_member, optimistic_minutes=1, minutes=2, pessimistic_minutes=3
    )
    assert told("activity_estimated", house.core_member) == 1


def test_a_register_tells_of_risks_with_a_response_and_a_day(house):
    RiskFactory(product=house.product, owner=house.core_member, response="", due_on=None)
    assert told("risk_owned", house.core_member) == 0
    RiskFactory(
        product=house.product, owner=house.core_member, response="reduce", due_on=date(2026, 12, 1)
    )
    assert told("risk_owned", house.core_member) == 1


def test_a_criterion_without_an_owner_counts_for_its_function_alone(house):
    review = house.review()
    rows = review.criteria.filter(function=house.core_member.function)
    rows.update(owner=house.core_member)
    assert told("criteria_without_owner_none", house.core_member) == 1
    rows.update(owner=None)
    assert told("criteria_without_owner_none", house.core_member) == 0
    assert told("criteria_without_owner_none", house.secretary) == 1
    Review.objects.update(is_rehearsal=True)
    assert told("criteria_without_owner_none", house.core_member) == 1


def test_what_somebody_says_of_a_criterion_is_told(house):
    review = house.review()
    criterion = review.criteria.first()
    QuestionFactory(criterion=criterion, asked_by=house.member)
    EvidenceFactory(criterion=criterion, added_by=house.core_member)
    review.criteria.filter(pk=criterion.pk).update(
        assessed_by=house.core_member, assessed_at=timezone.now(), comment="Measured."
    )
    chain = review.gate.chain.code
    assert told("question_asked", house.member, {"gate_chain": chain}) == 1
    other = {"gate_chain": "TR" if chain == "DCP" else "DCP"}
    assert told("question_asked", house.member, other) == 0
    assert told("evidence_added", house.core_member) == 1
    assert told("criterion_assessed", house.core_member) == 1
    Review.objects.update(is_rehearsal=True)
    assert not any(
        told(fact, house.core_member) for fact in ("evidence_added", "criterion_assessed")
    )


def test_a_meeting_tells_who_was_there_while_it_ran(house):
    review = house.review(stage="locked")
    Presence.objects.create(review=review, person=house.member, last_seen_at=timezone.now())
    assert told("room_attended", house.member, DCP) == 0
    Review.objects.update(opened_at=timezone.now() - timedelta(minutes=5))
    assert told("room_attended", house.member, {"gate_chain": review.gate.chain.code}) == 1


def test_a_first_vote_counts_when_it_was_blind(house):
    review = house.review(stage="locked")
    vote = VoteFactory(review=review, voter=house.member)
    assert told("vote_blind", house.member) == 1
    Review.objects.update(revealed_at=vote.cast_at - timedelta(minutes=1))
    assert told("vote_blind", house.member) == 0


def test_booking_locking_opening_and_reading_are_noted_once(client, house):
    review = house.review(criteria__state="met")
    client.force_login(house.secretary)
    for _time in (1, 2):
        client.get(f"{review.get_absolute_url()}brief/")
    chain = review.gate.chain.code
    assert told("brief_opened", house.secretary, {"gate_chain": chain}) == 1
    assert told("pack_locked", house.secretary) == 0
    review = reviews.lock_pack(review, by=house.secretary, seen_version=review.version)
    assert told("pack_locked", house.secretary) == 1
    assert told("agenda_issued", house.secretary) == 0
    room.open_room(review, by=house.secretary, seen_version=review.version)
    assert told("agenda_issued", house.secretary) == 1
    booked = reviews.book(
        house.product,
        review.gate.chain.gates.exclude(pk=review.gate_id).first(),
        planned_on=today() + timedelta(days=60),
        by=house.secretary,
    )
    assert told("review_booked", house.secretary) == 1
    assert booked.is_open


def test_a_decision_is_issued_in_time_by_who_opened_its_room(house):
    review = house.review(criteria__state="met")
    review = reviews.lock_pack(review, by=house.secretary, seen_version=review.version)
    room.open_room(review, by=house.secretary, seen_version=review.version)
    past = ReviewFactory(product=house.product, at="CDCP", stage="decided", ended_in="GO")
    assert told("decision_issued", house.secretary) == 0
    Review.objects.filter(pk=review.pk).update(
        stage="decided", outcome=past.outcome, held_on=today(), decided_at=timezone.now()
    )
    assert told("decision_issued", house.secretary) == 1
    Review.objects.filter(pk=review.pk).update(held_on=today() - timedelta(days=2))
    assert told("decision_issued", house.secretary) == 0


def test_a_condition_left_alone_for_a_week_is_told_of_its_body(house):
    past = house.review(at="CDCP", stage="decided", ended_in="GO_COND")
    Review.objects.filter(pk=past.pk).update(held_on=today() - timedelta(days=8))
    row = ConditionFactory(review=past, owner=house.core_member)
    assert told("conditions_followed", house.secretary) == 0
    assert told("condition_accepted", house.core_member) == 0
    conditions.accept(row, by=house.core_member, seen_version=row.version)
    assert told("conditions_followed", house.secretary) == 1
    assert told("condition_accepted", house.core_member) == 1
    with time_machine.travel("2026-12-01 09:00Z", tick=False):
        assert told("conditions_followed", house.secretary) == 0
