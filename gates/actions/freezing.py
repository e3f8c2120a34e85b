"""The facts a decision rests on, as they stood: plain values that need no other row."""

from gates.actions import presenters
from gates.actions.room import present, quorum_of
from gates.models import Conflict, Delegate, Review
from gates.permissions import Voter
from gates.queries import frozen


def freeze(review: Review, *, voters: list[Voter]) -> dict:
    """Criteria with facts, evidence and waivers, votes of both rounds, who presented, who was
    there, and the versions of plan, contract and budget that all of it was about.
    """
    here = present(review)
    quorum = quorum_of(review, voters, here)
    names = {voter.acts_through.pk: voter.acts_through.name for voter in voters}
    criteria = [frozen.criterion(row) for row in frozen.criteria_of(review)]
    return {
        "criteria": criteria,
        "measures": frozen.measures_of(criteria),
        "basis": frozen.basis_of(review.product),
        "votes": [frozen.vote(vote) for vote in frozen.votes_of(review)],
        "presenters": presenters.frozen(review),
        "present": sorted(names[pk] for pk in here if pk in names),
        "delegates": [
            {"member": row.member.name, "deputy": row.deputy.name}
            for row in Delegate.objects.filter(review=review).select_related("member", "deputy")
        ],
        "conflicts": [
            {"person": row.person.name, "note": row.note}
            for row in Conflict.objects.filter(review=review).select_related("person")
        ],
        "quorum": {
            "present": quorum.present,
            "voters": quorum.voters,
            "needed": quorum.needed,
            "met": quorum.is_met,
        },
        "readiness_percent": review.readiness_percent,
        "pack_locked_at": review.locked_at.isoformat() if review.locked_at else None,
    }
