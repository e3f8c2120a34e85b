"""Voting: blind first, then open, then once more after the discussion."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.models import Outcome, Review, ReviewCriterion, Score, Vote
from gates.models.reviews import VOTING, Stage
from gates.permissions import votes_for
from ipd.kernel.access import Refused, Stale
from teams.models import Person


@transaction.atomic
def cast(
    review: Review,
    *,
    voter: Person,
    by: Person,
    round: int,  # noqa: A002 the field's own word
    outcome: Outcome | None,
    reason: str = "",
    scores: dict[int, int] | None = None,
) -> Vote:
    """Record a vote; the voter's earlier one in this round is superseded, and kept.

    voter    the member whose vote it is; `by` is that member or the deputy named for them.
    outcome  None abstains, which needs a reason.
    scores   points from 0 to 10 by the id of a criterion of this review.

    Raises Stale when the round the form was drawn for is over, Refused when no vote is
    being taken, or the outcome or a criterion belongs to another review.
    """
    review = reviews.locked(review)
    if review.stage not in VOTING:
        raise (Stale if review.revealed_at else Refused)(
            _("No vote is being taken now: %(stage)s.") % {"stage": review.get_stage_display()}
        )
    if review.current_round != round:
        raise Stale(_("That round is over; please vote in round %d.") % review.current_round)
    if voter.pk not in {mandate.person.pk for mandate in votes_for(by, review)}:
        raise Refused(_("You do not vote for %(person)s here.") % {"person": voter})
    if outcome is None and not reason.strip():
        raise Refused(_("Say why you abstain."))
    if outcome is not None and outcome.chain_id != review.gate.chain_id:
        raise Refused(_("That outcome is not one of this review's."))
    scores = scores or {}
    asked = set(ReviewCriterion.objects.filter(review=review).values_list("pk", flat=True))
    if not set(scores) <= asked:
        raise Refused(_("A score is for a criterion of another review."))
    now = timezone.now()
    review.votes.standing().filter(voter=voter, round=round).update(superseded_at=now)
    vote = Vote.objects.create(
        review=review,
        round=round,
        voter=voter,
        cast_by=by,
        outcome=outcome,
        reason=reason.strip(),
        cast_at=now,
    )
    Score.objects.bulk_create(
        Score(vote=vote, criterion_id=criterion, score=score) for criterion, score in scores.items()
    )
    review.bump()
    return vote


@transaction.atomic
def reveal(review: Review, *, by: Person, seen_version: int) -> Review:
    """Open the sealed votes to everyone, all at once.

    Raises Refused when nobody has voted, or they are open already.
    """
    review = reviews.locked(review, seen_version=seen_version)
    if review.stage != Stage.FIRST_VOTE:
        raise Refused(_("Votes are revealed during the meeting's first vote."))
    if not review.votes.standing().filter(round=1).exists():
        raise Refused(_("Nobody has voted yet."))
    review.stage, review.revealed_at = Stage.REVEALED, timezone.now()
    review.save(update_fields=["stage", "revealed_at"])
    review.bump(version=True)
    return review


@transaction.atomic
def open_second(review: Review, *, by: Person, seen_version: int) -> Review:
    """Ask for a second vote after the discussion; the first is kept beside it."""
    review = reviews.locked(review, seen_version=seen_version)
    if review.stage != Stage.REVEALED:
        raise Refused(_("The second vote follows the revealed first one."))
    review.stage = Stage.SECOND_VOTE
    review.save(update_fields=["stage"])
    review.bump(version=True)
    return review
