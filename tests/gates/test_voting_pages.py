"""Voting through the page: what it takes, and what it says back."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import room, votes
from gates.models import Vote
from gates.models.reviews import Stage
from tests.gates.helpers import all_vote, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(house):
    return house.review(stage=Stage.FIRST_VOTE)


@pytest.fixture
def url(review):
    return reverse("gates:review-vote", args=[review.pk])


def ballot(review, voter, code="GO", **fields):
    return {
        "outcome": outcome(review, code).pk if code else "abstain",
        "reason": "",
        "voter": voter.pk,
        "round": review.current_round,
        **fields,
    }


def test_a_vote_with_scores_is_recorded_and_told(review, url, house, as_person):
    criterion = review.criteria.first()
    client = as_person(house.member)

    sent = ballot(review, house.member, **{f"score_{criterion.pk}": 7})
    response = client.post(url, sent, follow=True)

    vote = Vote.objects.get()
    assert [(row.criterion, row.score) for row in vote.scores.all()] == [(criterion, 7)]
    assertContains(response, "Recorded")
    assertContains(response, 'value="7"')


def test_a_changed_vote_supersedes(review, url, house, as_person):
    client = as_person(house.member)
    client.post(url, ballot(review, house.member))
    client.post(url, ballot(review, house.member, "HOLD", reason="The vendor slips."))

    assert Vote.objects.count() == 2
    assert Vote.objects.standing().get().outcome.code == "HOLD"


def test_the_same_form_twice_is_one_vote(review, url, house, as_person):
    client = as_person(house.member)
    sent = ballot(review, house.member, key="6b1b2f6e-0000-4000-8000-000000000002")

    first, second = client.post(url, sent), client.post(url, sent)

    assert Vote.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_an_abstention_gives_a_reason(review, url, house, as_person):
    client = as_person(house.member)

    assert client.post(url, ballot(review, house.member, None)).status_code == 422
    sent = ballot(review, house.member, None, reason="I was away for the pre-review.")
    assert client.post(url, sent).status_code == 302
    assert Vote.objects.get().outcome is None


@pytest.mark.parametrize("score", [-1, 11, "x"])
def test_a_score_is_between_0_and_10(review, url, house, as_person, score):
    criterion = review.criteria.first()
    sent = ballot(review, house.member, **{f"score_{criterion.pk}": score})

    assert as_person(house.member).post(url, sent).status_code == 422
    assert not Vote.objects.exists()


def test_who_has_no_vote_gets_no_ballot(review, url, house, as_person):
    for person in (house.lpdt, house.core_member, house.secretary, house.outsider):
        client = as_person(person)
        assert client.get(url).status_code == 403
        assert client.post(url, ballot(review, house.member)).status_code == 403
        room_page = client.get(reverse("gates:review-room", args=[review.pk]))
        assertNotContains(room_page, 'name="outcome"')


def test_nobody_votes_for_somebody_else(review, url, house, as_person):
    assert as_person(house.member).post(url, ballot(review, house.chair)).status_code == 422
    assert not Vote.objects.exists()


def test_a_named_deputy_votes_for_the_member(house, as_person):
    review = house.review(stage=Stage.LOCKED)
    url = reverse("gates:review-vote", args=[review.pk])
    room.name_deputy(review, member=house.member, deputy=house.outsider, by=house.secretary)

    assert as_person(house.member).get(url).status_code == 403
    assertContains(as_person(house.outsider).get(url), house.member.name)
    sent = ballot(review, house.member)
    assert as_person(house.outsider).post(url, sent).status_code == 302
    vote = Vote.objects.get()
    assert (vote.voter, vote.cast_by) == (house.member, house.outsider)


def test_a_vote_for_a_round_that_is_over_is_409_and_keeps_the_text(review, url, house, as_person):
    client = as_person(house.member)
    text = "The yield of the pilot run has to be shown first."
    late = ballot(review, house.member, reason=text)
    all_vote(review, house, "GO")
    votes.reveal(review, by=house.chair, seen_version=review.version)

    response = client.post(url, late)

    assertContains(response, text, status_code=409)
    assertContains(response, "No vote is being taken now", status_code=409)


def test_the_page_costs_the_same_for_any_number_of_criteria(
    review, url, house, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    client = as_person(house.member)

    with django_assert_max_num_queries(10):
        assert client.get(url).status_code == 200


def test_the_room_comes_back_when_the_vote_came_from_it(review, url, house, as_person):
    sent = ballot(review, house.member) | {"from": "room"}

    response = as_person(house.member).post(url, sent)

    assert response["Location"] == reverse("gates:review-room", args=[review.pk])
