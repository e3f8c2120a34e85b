"""The test kit itself: each stage a review may be in can be made, with the database's consent."""

import pytest

from gates.models import Review
from gates.permissions import can, can_decide, can_vote, voters_of
from tests.factories import ConditionFactory, ReviewFactory, ScoreFactory
from tests.factories.gates import STAGES


@pytest.mark.parametrize("stage", STAGES)
def test_a_review_can_be_made_in_each_stage(house, stage):
    review = house.review(stage=stage)

    assert Review.objects.filter(pk=review.pk, stage=stage).exists()
    assert review.criteria.count() == 16
    assert review.decisions.count() == (stage == "decided")


def test_everybody_sits_where_their_name_says(house, review):
    assert {voter.person for voter in voters_of(review)} == set(house.voters)
    assert can(house.secretary, "lock_pack", review)
    assert can_decide(house.chair, review)
    assert not can_decide(house.member, review)
    assert not can_vote(house.lpdt, review)


def test_conditions_and_scores_bring_their_review(house):
    review = house.review(stage="decided", ended_in="GO_COND")

    assert ConditionFactory(review=review).is_unsettled
    assert ScoreFactory(
        vote__review=house.review(at="TR2", stage="first_vote"), vote__for_outcome="PASS"
    )


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_are_emptied_after_a_test_with_real_transactions(house):
    assert ReviewFactory(product=house.product, stage="decided")
