"""The same colleague answers twice at once, and a review is closed while they do."""

from functools import partial

import pytest

from ipd.kernel.access import Refused
from teams.actions.academy import peer_reviews
from teams.models import PeerAnswer, PeerReview
from tests.factories.academy_mentoring import PeerRaterFactory, PeerReviewFactory
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(process):
    return PeerReviewFactory(state="agreed", due_on="2099-01-01")


def test_one_answer_of_several_at_once_is_kept(review):
    rater = PeerRaterFactory(review=review)

    def give(number):
        return peer_reviews.answer(
            rater, scores={"P01": number % 5 + 1}, comments=[], by=rater.person
        )

    done, refusals = at_once(by_hands(give), refusals=Refused)
    assert len(done) == PeerAnswer.objects.count() == 1
    assert len(refusals) == 7


def test_who_answers_while_it_is_closed_counts_or_is_refused(review):
    for _answer in range(4):
        rater = PeerRaterFactory(review=review)
        peer_reviews.answer(rater, scores={"P01": 3}, comments=[], by=rater.person)
    late = [PeerRaterFactory(review=review) for _hand in range(4)]
    jobs = [
        partial(peer_reviews.answer, one, scores={"P01": 3}, comments=[], by=one.person)
        for one in late
    ]
    jobs.insert(2, partial(peer_reviews.close, review, by=None))
    done, refusals = at_once(jobs, refusals=Refused)

    assert PeerReview.objects.get().state == "closed"
    assert PeerAnswer.objects.count() == 4 + len(done) - 1
    assert len(done) + len(refusals) == 5
