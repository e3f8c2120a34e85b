"""Short ways through a rehearsal: to its open votes, and to its end."""

from gates.actions import rehearsals, room, votes
from tests.gates.helpers import outcome

WHY = "The board would ask for the second source before it goes on."


def to_the_votes(review, chair, member, code="GO", score=None):
    """Opened, voted on by both, and revealed."""
    review = room.open_room(review, by=chair, seen_version=review.version)
    scores = {review.criteria.first().pk: score} if score is not None else {}
    for person in (chair, member):
        votes.cast(
            review, voter=person, by=person, round=1, outcome=outcome(review, code), scores=scores
        )
    room.enter(review, chair)
    review.refresh_from_db()
    return votes.reveal(review, by=chair, seen_version=review.version)


def to_the_end(review, chair, member, code="GO", score=None):
    review = to_the_votes(review, chair, member, code, score)
    return rehearsals.end(
        review,
        outcome=outcome(review, code),
        rationale=WHY,
        by=chair,
        seen_version=review.version,
    )
