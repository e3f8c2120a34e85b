"""Why a decision is not possible now, in sentences that stand beside the button."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gates.actions.room import quorum_of
from gates.models import Condition, Outcome, Review, ReviewCriterion
from gates.models.conditions import ConditionKind
from gates.models.criteria import Assessment
from gates.models.definitions import Weight
from gates.models.reviews import CLOSED, Stage
from gates.permissions import Voter, voters_of
from ipd.kernel.days import today
from teams.models import Person

RED = (Assessment.NOT_MET, Assessment.NO_DATA)


def blockers(
    review: Review,
    outcome: Outcome | None,
    *,
    voters: list[Voter] | None = None,
    criteria: Iterable[ReviewCriterion] | None = None,
) -> list[str]:
    """Every reason against deciding on `outcome` now (None: against deciding at all).

    criteria  the review's, with their waivers, when a page has loaded them already.
    """
    voters = voters_of(review) if voters is None else voters
    # A rehearsal is played by those who could come; the rest of the rules holds.
    quorum = [] if review.is_rehearsal else _quorum(review, voters)
    reasons = [*_stage(review, voters), *quorum]
    if outcome is None:
        return reasons
    if outcome.chain_id != review.gate.chain_id:
        return [*reasons, _("That outcome is not one of this review's.")]
    if outcome.blocked_by_red_must:
        reasons += red_musts(review, criteria)
    if outcome.advances:
        reasons += open_precedents(review)
    return reasons


def decision_body_blockers(
    review: Review, by: Person, *, voters: list[Voter] | None = None
) -> list[str]:
    """The chair signs, or the deputy named for the chair; checked again while rows are locked."""
    voters = voters_of(review) if voters is None else voters
    if any(voter.is_chair and voter.acts_through.pk == by.pk for voter in voters):
        return []
    return [_("Only the chair of %(body)s signs.") % {"body": review.body}]


def _stage(review: Review, voters: list[Voter]) -> list[str]:
    if review.stage in CLOSED:
        return [_("The review is over.")]
    if review.is_circular:
        return _circular(review, voters)
    if review.stage in (Stage.PREPARING, Stage.LOCKED):
        return [_("The meeting has not begun.")]
    if review.stage == Stage.FIRST_VOTE:
        return [_("The blind votes are still sealed.")]
    return []


def _circular(review: Review, voters: list[Voter]) -> list[str]:
    """Off-line, every voting member says the same; one objection forces a meeting."""
    if review.stage == Stage.PREPARING:
        return [_("The pack is not locked yet.")]
    votes = {vote.voter_id: vote for vote in review.votes.standing().select_related("outcome")}
    missing = [voter.person.name for voter in voters if voter.person.pk not in votes]
    if missing:
        return [_("Off-line, all must have voted; missing: %s.") % ", ".join(missing)]
    if len({vote.outcome_id for vote in votes.values()}) > 1:
        return [_("The votes differ: one objection forces a meeting.")]
    return []


def _quorum(review: Review, voters: list[Voter]) -> list[str]:
    if review.stage in (*CLOSED, Stage.PREPARING, Stage.LOCKED) and not review.is_circular:
        return []
    quorum = quorum_of(review, voters)
    reasons = []
    if not quorum.chair_present:
        reasons.append(_("The chair is not present."))
    if quorum.present < quorum.needed:
        reasons.append(
            _("No quorum: %(present)d of %(voters)d voting members, %(needed)d needed.")
            % {"present": quorum.present, "voters": quorum.voters, "needed": quorum.needed}
        )
    if quorum.missing_functions:
        reasons.append(_("Not present: %s.") % ", ".join(quorum.missing_functions))
    return reasons


def red_musts(review: Review, criteria: Iterable[ReviewCriterion] | None = None) -> list[str]:
    """Must-criteria that are not met, or unknown, and not waived by two signatures."""
    if criteria is None:
        criteria = review.criteria.filter(weight=Weight.MUST, state__in=RED)
        criteria = criteria.select_related("waiver")
    red = [one for one in criteria if one.weight == Weight.MUST and one.state in RED]
    return [
        _("%(code)s is a must and %(state)s.")
        % {"code": criterion.code, "state": criterion.get_state_display().lower()}
        for criterion in red
        if not _waived(criterion, today())
    ]


def _waived(criterion: ReviewCriterion, day: date) -> bool:
    waiver = getattr(criterion, "waiver", None)
    return waiver is not None and waiver.is_signed and waiver.expires_on >= day


def open_precedents(review: Review) -> list[str]:
    """Earlier conditions that had to be met before a further phase."""
    rows = (
        Condition.objects.unsettled()
        .filter(review__product=review.product_id, kind=ConditionKind.PRECEDENT)
        .exclude(review=review)
        .select_related("review__product")
    )
    return [
        _("A condition of %(gate)s is still open: %(text)s")
        % {"gate": row.review.label, "text": row.text}
        for row in rows
    ]
