"""Voting: who, when, sealed, superseded, by deputy."""

import pytest

from gates.actions import room, votes
from gates.models import Vote
from gates.models.reviews import Stage
from gates.permissions import can_decide, can_vote, rights_of, voters_of
from ipd.kernel.access import Refused, Stale
from tests.factories.company import seated
from tests.gates.helpers import outcome

pytestmark = pytest.mark.django_db


def cast(review, person, code="GO", **fields):
    given = {"voter": person, "by": person, "round": 1, "outcome": outcome(review, code)}
    return votes.cast(review, **(given | fields))


def test_members_of_the_body_vote_and_nobody_else(house):
    review = house.review(stage=Stage.LOCKED)

    assert {voter.person for voter in voters_of(review)} == set(house.voters)
    assert [
        can_vote(person, review) for person in (house.secretary, house.lpdt, house.outsider)
    ] == [
        False,
        False,
        False,
    ]
    assert can_decide(house.chair, review)
    assert not can_decide(house.member, review)


def test_rights_come_from_the_table(house):
    review = house.review()

    assert "lock_pack" in rights_of(house.secretary, review)
    assert "assess" in rights_of(house.core_member, review)
    assert rights_of(house.outsider, review) == frozenset()
    assert "lock_pack" not in rights_of(house.organiser, review)


def test_the_product_s_own_team_never_votes(house):
    review = house.review(stage=Stage.LOCKED)
    seated(house.product.team, "SE", "SE")
    from teams.models import Role
    from tests.factories.people import SeatFactory

    SeatFactory(
        team=house.product.team,
        role=Role.objects.get(code="MKT"),
        function=house.marketing.function,
        person=house.marketing,
    )

    assert house.marketing not in {voter.person for voter in voters_of(review)}
    with pytest.raises(Refused, match="do not vote"):
        cast(review, house.marketing)


def test_a_changed_vote_supersedes_and_both_are_kept(house):
    review = house.review(stage=Stage.LOCKED)
    criterion = review.criteria.first()
    cast(review, house.member, scores={criterion.pk: 3})
    cast(review, house.member, "NO_GO", reason="Margin", scores={criterion.pk: 1})

    assert Vote.objects.filter(review=review, voter=house.member).count() == 2
    standing = Vote.objects.standing().get(review=review, voter=house.member)
    assert (standing.outcome.code, standing.scores.get().score) == ("NO_GO", 1)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.DECIDED])
def test_there_is_a_time_to_vote(house, stage):
    review = house.review(stage=stage)

    with pytest.raises(Refused):
        cast(review, house.member)


def test_a_form_of_the_first_round_does_not_count_in_the_second(house):
    review = house.review(stage=Stage.SECOND_VOTE)

    with pytest.raises(Stale, match="round 2"):
        cast(review, house.member)
    cast(review, house.member, round=2)


def test_an_abstention_says_why(house):
    review = house.review(stage=Stage.LOCKED)

    with pytest.raises(Refused, match="abstain"):
        cast(review, house.member, outcome=None)
    assert cast(review, house.member, outcome=None, reason="I sponsor it").outcome is None


def test_foreign_outcomes_and_criteria_are_refused(house):
    review = house.review(stage=Stage.LOCKED)
    technical = house.review(at="TR3", stage=Stage.LOCKED)

    with pytest.raises(Refused, match="outcome"):
        cast(review, house.member, outcome=outcome(technical, "PASS"))
    with pytest.raises(Refused, match="another review"):
        cast(review, house.member, scores={technical.criteria.first().pk: 5})


def test_a_deputy_named_before_votes_instead_of_the_member(house):
    review = house.review(stage=Stage.LOCKED)
    room.name_deputy(review, member=house.member, deputy=house.outsider, by=house.secretary)

    vote = cast(review, house.member, by=house.outsider)
    assert (vote.voter, vote.cast_by) == (house.member, house.outsider)
    with pytest.raises(Refused, match="do not vote"):
        cast(review, house.member)
    with pytest.raises(Refused, match="votes here already"):
        room.name_deputy(review, member=house.chair, deputy=house.outsider, by=house.secretary)
    with pytest.raises(Refused, match="own members"):
        room.name_deputy(review, member=house.chair, deputy=house.lpdt, by=house.secretary)


def test_deputies_are_not_named_once_the_meeting_runs(house):
    review = house.review(stage=Stage.FIRST_VOTE)

    with pytest.raises(Refused, match="before the meeting"):
        room.name_deputy(review, member=house.member, deputy=house.outsider, by=house.secretary)


def test_reveal_and_second_vote_go_in_order(house):
    review = house.review(stage=Stage.FIRST_VOTE)
    with pytest.raises(Refused, match="Nobody has voted"):
        votes.reveal(review, by=house.chair, seen_version=review.version)
    with pytest.raises(Refused, match="follows"):
        votes.open_second(review, by=house.chair, seen_version=review.version)

    cast(review, house.member)
    review = votes.reveal(review, by=house.chair, seen_version=review.version)
    with pytest.raises(Stale):
        cast(review, house.chair)
    review = votes.open_second(review, by=house.chair, seen_version=review.version)
    assert review.stage == Stage.SECOND_VOTE
