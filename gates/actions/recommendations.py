"""The team's leader recommends an outcome, before the votes are open."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.models import Outcome, Recommendation, Review
from gates.models.reviews import Stage
from ipd.kernel.access import Refused, Stale
from teams.models import Person

UNTIL_OPEN = (Stage.PREPARING, Stage.LOCKED, Stage.FIRST_VOTE)


@transaction.atomic
def recommend(
    review: Review, *, outcome: Outcome, reason: str, by: Person, seen_version: int
) -> Recommendation:
    """Say, or change, what the team asks for.

    seen_version  of the recommendation that the form was drawn from, 0 without any

    Raises Refused once the votes are open, and for an outcome of another chain; Stale when
    somebody changed it meanwhile.
    """
    review = reviews.locked(review)
    if review.stage not in UNTIL_OPEN:
        raise Refused(_("The votes are open: what the team recommended stands."))
    if outcome.chain_id != review.gate.chain_id:
        raise Refused(_("That outcome is not one of this review's."))
    row = Recommendation.objects.filter(review=review).first() or Recommendation(
        review=review, version=0
    )
    if row.version != seen_version:
        raise Stale(_("The recommendation was changed meanwhile; please look again."))
    row.outcome, row.reason, row.by, row.at = outcome, reason.strip(), by, timezone.now()
    row.version += 1
    row.save()
    review.bump()
    return row
