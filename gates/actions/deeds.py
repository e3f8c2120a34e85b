"""What somebody did for a review is noted for the checklist of their seat; rehearsals are not."""

from gates.models import Review
from teams.actions.academy import deeds
from teams.models import Person


def note(review: Review, deed: str, by: Person | None) -> None:
    """Note it once; `review` with its gate's chain."""
    if not review.is_rehearsal:
        deeds.note(by, deed, f"review:{review.pk}", chain=review.gate.chain.code)
