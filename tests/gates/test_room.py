"""The room: live in one cheap query, and sealed until the chair reveals."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import criteria, room, votes
from gates.models import Presence
from gates.models.reviews import Stage
from gates.queries.outcomes import outcomes_of
from tests.factories import EvidenceFactory, QuestionFactory
from tests.gates.helpers import all_vote, everybody_enters, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(house):
    review = house.review(stage=Stage.FIRST_VOTE, criteria__state="partly")
    everybody_enters(review, house)
    return review


def live(client, review, tag=None):
    url = reverse("gates:review-live", args=[review.pk])
    return client.get(url, headers={"If-None-Match": tag} if tag else None)


def page(client, review):
    return client.get(reverse("gates:review-room", args=[review.pk]))


def test_an_unchanged_room_is_a_304_after_one_query(
    meeting, house, as_person, django_assert_num_queries
):
    client = as_person(house.member)
    tag = live(client, meeting)["ETag"]

    with django_assert_num_queries(3):  # the session, the person, the pulse
        assert live(client, meeting, tag).status_code == 304


@pytest.mark.parametrize("count", [1, 3])
def test_a_moved_room_costs_four_queries_once_somebody_has_read_it(
    meeting, house, as_person, django_assert_max_num_queries, no_lazy_fetch, count
):
    for criterion in meeting.criteria.all()[:count]:
        EvidenceFactory(criterion=criterion)
        QuestionFactory(criterion=criterion, asked_by=house.chair)
    first = as_person(house.chair)
    cache.clear()
    with django_assert_max_num_queries(12):
        live(first, meeting)
    client = as_person(house.member)
    live(client, meeting)

    with django_assert_max_num_queries(4):
        assert live(client, meeting).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_who_comes_in_first_costs_a_page_and_the_next_less(
    house, as_person, django_assert_max_num_queries, no_lazy_fetch, count
):
    review = house.review(stage=Stage.FIRST_VOTE, criteria__state="partly")
    for criterion in review.criteria.all()[:count]:
        EvidenceFactory(criterion=criterion)
        QuestionFactory(criterion=criterion, asked_by=house.chair)
    outcomes_of(review.gate.chain)  # another room of the chain was open of late
    first, second = as_person(house.chair), as_person(house.member)

    with django_assert_max_num_queries(12):
        assertContains(page(first, review), "1 here")
    with django_assert_max_num_queries(6):
        assertContains(page(second, review), "2 here")


@pytest.mark.parametrize(
    "move",
    [
        lambda review, house: votes.cast(
            review, voter=house.chair, by=house.chair, round=1, outcome=outcome(review, "GO")
        ),
        lambda review, house: criteria.ask(
            review.criteria.first(), text="Which lab?", by=house.chair
        ),
        lambda review, house: room.show(review, review.criteria.last(), by=house.secretary),
        lambda review, house: room.enter(review, house.outsider),
        lambda review, house: Presence.objects.filter(person=house.chair).update(
            last_seen_at=timezone.now() - timedelta(minutes=20)
        ),
    ],
    ids=["vote", "question", "screen", "somebody enters", "somebody left"],
)
def test_what_others_do_moves_everybodys_room(meeting, house, as_person, move):
    client = as_person(house.member)
    tag = live(client, meeting)["ETag"]

    move(meeting, house)

    assert live(client, meeting, tag).status_code == 200


def test_presence_is_written_at_most_every_ten_seconds(
    meeting, house, as_person, django_assert_num_queries
):
    client = as_person(house.member)
    tag = live(client, meeting)["ETag"]
    Presence.objects.filter(person=house.member).update(
        last_seen_at=timezone.now() - timedelta(seconds=11)
    )

    with django_assert_num_queries(4):
        live(client, meeting, tag)
    with django_assert_num_queries(3):
        live(client, meeting, tag)


def test_before_the_reveal_nobody_sees_anothers_vote(meeting, house, as_person):
    """Not in the room, not in its fragment, not on the page, not in the form to sign."""
    secret = "Margin too thin for me to say anything but stop"
    votes.cast(
        meeting,
        voter=house.member,
        by=house.member,
        round=1,
        outcome=outcome(meeting, "NO_GO"),
        reason=secret,
        scores={meeting.criteria.first().pk: 3},
    )
    all_but_one = [house.marketing, house.finance]
    for person in all_but_one:
        votes.cast(meeting, voter=person, by=person, round=1, outcome=outcome(meeting, "NO_GO"))
    for person in (house.chair, house.secretary, house.lpdt, house.finance, house.outsider):
        client = as_person(person)
        for name in (
            "review",
            "review-brief",
            "review-room",
            "review-live",
            "review-vote",
            "review-voters",
        ):
            response = client.get(reverse(f"gates:{name}", args=[meeting.pk]))
            text = re.sub(r"<form.*?</form>", "", response.content.decode(), flags=re.DOTALL)
            assert secret not in text
            # The own vote stands in the own receipt, and only there.
            text = re.sub(r'<p class="receipt">.*?</p>', "", text, flags=re.DOTALL)
            assert "No-go" not in text, name
    signing = as_person(house.chair).get(
        reverse("gates:review-decide", args=[meeting.pk]) + "?outcome=GO"
    )
    assertNotContains(signing, "majority")
    assertContains(signing, "Sealed, or none yet.")
    assertContains(page(as_person(house.chair), meeting), "3 of 4")


def test_after_the_reveal_votes_and_spread_are_open(meeting, house, as_person):
    wide = meeting.criteria.order_by("order").last()
    for person, score in zip(house.voters, (1, 9, 5, 5), strict=True):
        votes.cast(
            meeting,
            voter=person,
            by=person,
            round=1,
            outcome=outcome(meeting, "GO"),
            reason=f"Because {person.code}",
            scores={wide.pk: score},
        )
    votes.reveal(meeting, by=house.chair, seen_version=meeting.version)

    response = page(as_person(house.lpdt), meeting)

    assertContains(response, f"Because {house.finance.code}")
    assertContains(response, "1–9")
    first = re.search(r'id="criterion-(\d+)"', response.content.decode())
    assert int(first.group(1)) == wide.pk


def test_both_rounds_stand_side_by_side(meeting, house, as_person):
    all_vote(meeting, house, "GO")
    review = votes.reveal(meeting, by=house.chair, seen_version=meeting.version)
    review = votes.open_second(review, by=house.chair, seen_version=review.version)
    votes.cast(
        review, voter=house.member, by=house.member, round=2, outcome=outcome(review, "HOLD")
    )

    response = page(as_person(house.secretary), review)

    assertContains(response, "Hold")
    assertContains(response, "4 → 0")


def test_the_quorum_says_what_lacks(house, as_person):
    review = house.review(stage=Stage.FIRST_VOTE)

    response = page(as_person(house.member), review)

    assertContains(response, "The chair is not here")
    assertContains(response, "Missing: FIN")


def test_only_who_runs_the_room_puts_a_criterion_on_the_screen(meeting, house, as_person):
    url = reverse("gates:review-show", args=[meeting.pk])
    criterion = meeting.criteria.last()
    sent = {"criterion": criterion.pk}

    assert as_person(house.member).post(url, sent).status_code == 403
    assert as_person(house.secretary).post(url, {"criterion": "x"}).status_code == 404
    assert as_person(house.secretary).post(url, sent).status_code == 302

    meeting.refresh_from_db()
    assert meeting.current_criterion == criterion


def test_steps_of_the_meeting_are_taken_by_their_people(house, as_person):
    review = house.review(stage=Stage.LOCKED)
    opening = reverse("gates:review-open", args=[review.pk])
    reveal = reverse("gates:review-reveal", args=[review.pk])
    second = reverse("gates:review-second", args=[review.pk])

    assert as_person(house.member).post(opening, {"version": 1}).status_code == 403
    assert as_person(house.secretary).post(opening, {"version": 1}).status_code == 302
    all_vote(review, house, "GO")
    review.refresh_from_db()
    sent = {"version": review.version}
    assert as_person(house.secretary).post(reveal, sent).status_code == 403
    assert as_person(house.chair).post(reveal, sent).status_code == 302
    assert as_person(house.chair).post(second, sent).status_code == 409
    review.refresh_from_db()
    assert as_person(house.chair).post(second, {"version": review.version}).status_code == 302
    review.refresh_from_db()
    assert review.stage == Stage.SECOND_VOTE
