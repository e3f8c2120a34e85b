"""The facts a decision rests on, as they stood: plain values that need no other row."""

from gates.actions.room import present, quorum_of
from gates.models import Conflict, Delegate, Review, Vote
from gates.permissions import Voter


def freeze(review: Review, *, voters: list[Voter]) -> dict:
    """Criteria with evidence and waivers, votes of both rounds, and who was there."""
    here = present(review)
    quorum = quorum_of(review, voters, here)
    names = {voter.acts_through.pk: voter.acts_through.name for voter in voters}
    return {
        "criteria": [_criterion(row) for row in _criteria(review)],
        "votes": [_vote(vote) for vote in _votes(review)],
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


def _criteria(review: Review):
    return review.criteria.select_related(
        "function", "owner", "assessed_by", "waiver__chair", "waiver__function_head"
    ).prefetch_related("evidence")


def _criterion(row) -> dict:
    waiver = getattr(row, "waiver", None)
    return {
        "code": row.code,
        "text": row.text,
        "function": row.function.code,
        "weight": row.weight,
        "state": row.state,
        "comment": row.comment,
        "owner": row.owner.name if row.owner else None,
        "assessed_by": row.assessed_by.name if row.assessed_by else None,
        "assessed_at": row.assessed_at.isoformat() if row.assessed_at else None,
        "evidence": [
            {
                "title": item.title,
                "version": item.version,
                "sha256": item.sha256,
                "link": item.link,
                "file_name": item.file_name,
                "dated_on": item.dated_on.isoformat(),
                "is_addendum": item.is_addendum,
            }
            for item in row.evidence.all()
        ],
        "waiver": {
            "reason": waiver.reason,
            "expires_on": waiver.expires_on.isoformat(),
            "chair": waiver.chair.name,
            "function_head": waiver.function_head.name,
        }
        if waiver and waiver.is_signed
        else None,
    }


def _votes(review: Review):
    votes = Vote.objects.standing().filter(review=review).order_by("round", "voter__name")
    return votes.select_related("voter", "cast_by", "outcome").prefetch_related("scores__criterion")


def _vote(vote: Vote) -> dict:
    return {
        "round": vote.round,
        "voter": vote.voter.name,
        "cast_by": vote.cast_by.name,
        "outcome": vote.outcome.code if vote.outcome else None,
        "reason": vote.reason,
        "scores": {score.criterion.code: score.score for score in vote.scores.all()},
    }
