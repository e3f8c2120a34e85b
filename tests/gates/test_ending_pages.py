"""The other ways a review ends: deferred, off-line, signed by a deputy, corrected later."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from gates.actions import room, votes
from gates.models import Decision, Deferral, Review
from gates.models.reviews import Stage
from ipd.kernel.days import today
from tests.factories import PASSWORD
from tests.gates.helpers import WHY, all_vote, everybody_enters, outcome, revealed
from tests.gates.test_deciding_pages import sent, url_of

pytestmark = pytest.mark.django_db


def test_a_meeting_without_a_decision_is_recorded_and_moved(house, as_person):
    review = revealed(house)
    day = today() + timedelta(days=7)
    form = {"why": "no_decision", "note": "", "moved_to": day, "version": review.version}

    assert as_person(house.member).post(url_of(review, "review-defer"), form).status_code == 403
    assert as_person(house.secretary).post(url_of(review, "review-defer"), form).status_code == 302

    review.refresh_from_db()
    assert (review.stage, review.planned_on) == (Stage.LOCKED, day)
    assert Deferral.objects.get().why == "no_decision"


def test_off_line_votes_stay_sealed_until_all_are_in_and_one_objection_makes_a_meeting(
    house, as_person
):
    review = house.review(stage=Stage.LOCKED, is_circular=True)
    client = as_person(house.chair)
    votes.cast(
        review, voter=house.member, by=house.member, round=1, outcome=outcome(review, "HOLD")
    )

    response = client.get(url_of(review), {"outcome": "GO"})
    assertContains(response, "missing:")
    assertContains(response, "Sealed, or none yet.")

    form = {
        "why": "objection",
        "note": "I want to hear the team.",
        "moved_to": today() + timedelta(days=7),
        "version": review.version,
    }
    assert as_person(house.member).post(url_of(review, "review-defer"), form).status_code == 302
    review.refresh_from_db()
    assert not review.is_circular


def test_off_line_all_in_favour_is_signed_without_a_meeting(house, as_person):
    review = house.review(stage=Stage.LOCKED, is_circular=True)
    all_vote(review, house, "GO")

    assert as_person(house.chair).post(url_of(review), sent(review)).status_code == 302


def test_the_chairs_named_deputy_signs(house, as_person):
    review = house.review(stage=Stage.LOCKED)
    room.name_deputy(review, member=house.chair, deputy=house.outsider, by=house.secretary)
    review.refresh_from_db()
    review = room.open_room(review, by=house.secretary, seen_version=review.version)
    everybody_enters(review, house)
    room.enter(review, house.outsider)
    votes.cast(review, voter=house.member, by=house.member, round=1, outcome=outcome(review, "GO"))
    review = votes.reveal(
        Review.objects.get(pk=review.pk), by=house.outsider, seen_version=review.version
    )

    assert as_person(house.outsider).post(url_of(review), sent(review)).status_code == 302
    assert Decision.objects.get().decided_by == house.outsider


def test_a_record_is_corrected_by_a_new_one(house, as_person):
    review = revealed(house)
    as_person(house.chair).post(url_of(review), sent(review))
    old = Decision.objects.get()
    url = reverse("gates:decision-correct", args=[old.pk])
    form = {
        "reason": "The hurdle rate was misquoted.",
        "rationale": WHY + " The hurdle is 9 %, not 8 %.",
        "password": PASSWORD,
    }

    assert as_person(house.member).post(url, form).status_code == 403
    assert as_person(house.chair).post(url, form | {"password": "x"}).status_code == 422
    assert as_person(house.chair).post(url, form).status_code == 302

    new = Decision.objects.get(superseded_at=None)
    assert (new.supersedes, new.outcome) == (old, old.outcome)
