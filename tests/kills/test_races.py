"""Many people at the same moment: one decision, every vote once."""

import time
from functools import partial

import pytest

from gates.actions import decisions, reviews, votes
from gates.models import Decision, Outcome, Vote
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry
from ipd.models import BudgetMovement
from tests.factories import VoteFactory
from tests.kills.board import enlarge, enter, terms
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kills]


def outcome(review, code="GO"):
    return Outcome.objects.get(chain=review.gate.chain, code=code)


def test_of_32_deciders_at_once_one_decides(house):
    review = house.review(stage="revealed")
    enter(review, house.voters)
    for voter in house.voters:
        VoteFactory(review=review, voter=voter, round=1)
    sign = partial(
        decisions.decide,
        review,
        by=house.chair,
        seen_version=review.version,
        outcome=outcome(review),
        terms=terms(),
    )

    done, refused = at_once([sign] * 32, refusals=Refused)

    assert (len(done), len(refused)) == (1, 31)
    assert Decision.objects.filter(review=review).count() == 1
    assert BudgetMovement.objects.filter(product=house.product).count() == 1
    assert LedgerEntry.objects.filter(kind="decision").count() == 1
    house.product.refresh_from_db()
    assert house.product.phase.code == "DEVELOP"
    assert ledger.verify() == []


def test_60_votes_that_arrive_together_are_all_recorded_once(house):
    voters = enlarge(house, 60)
    review = house.review(stage="first_vote")
    go = outcome(review)
    ballots = [
        partial(votes.cast, review, voter=voter, by=voter, round=1, outcome=go) for voter in voters
    ]

    began = time.monotonic()
    at_once(ballots[:30])
    at_once(ballots[30:])
    lasted = time.monotonic() - began

    standing = Vote.objects.standing().filter(review=review)
    assert sorted(standing.values_list("voter", flat=True)) == sorted(v.pk for v in voters)
    assert lasted < 10, "seconds; a quiet machine needs one"


def test_a_voter_who_votes_from_everywhere_has_one_standing_vote(house):
    review = house.review(stage="first_vote")
    go, no = outcome(review), outcome(review, "NO_GO")
    ballots = [
        partial(votes.cast, review, voter=house.member, by=house.member, round=1, outcome=choice)
        for choice in [go, no] * 8
    ]

    done, _none = at_once(ballots)

    assert len(done) == 16
    assert Vote.objects.standing().filter(review=review).count() == 1
    assert Vote.objects.filter(review=review).count() == 16


def test_a_vote_counts_before_the_reveal_or_not_at_all(house):
    review = house.review(stage="first_vote")
    VoteFactory(review=review, voter=house.chair)
    version, go = review.version, outcome(review)
    voting = [
        partial(votes.cast, review, voter=voter, by=voter, round=1, outcome=go)
        for voter in house.voters[1:]
    ]
    opening = partial(votes.reveal, review, by=house.chair, seen_version=version)

    done, refused = at_once([*voting, opening], refusals=Refused)

    review.refresh_from_db()
    assert review.stage == "revealed"
    cast = [result for result in done if isinstance(result, Vote)]
    assert len(cast) + len(refused) == 3
    assert Vote.objects.standing().filter(review=review).count() == 1 + len(cast)
    assert all(vote.cast_at <= review.revealed_at for vote in cast)


def test_one_pack_is_locked_once_and_told_once(house):
    review = house.review()
    lock = partial(reviews.lock_pack, review, by=house.secretary, seen_version=review.version)

    done, refused = at_once([lock] * 8, refusals=Refused)

    assert (len(done), len(refused)) == (1, 7)


def test_the_ledger_has_no_fork_and_no_gap_with_many_writers(house):
    before = LedgerEntry.objects.count()
    write = [
        partial(ledger.record, kind="test", subject=f"n:{n}", body={"n": n}, by=house.chair)
        for n in range(24)
    ]

    at_once(write)

    assert LedgerEntry.objects.count() == before + 24
    assert ledger.verify() == []
