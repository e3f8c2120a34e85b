"""How ready reviews are, written with them whenever a criterion's state has moved."""

from collections import defaultdict
from collections.abc import Iterable

from gates.calculations.readiness import readiness_percent
from gates.models import Review, ReviewCriterion


def measure(review_ids: Iterable[int]) -> None:
    """Write the readiness of these reviews as their criteria stand; two queries for all."""
    pairs = defaultdict(list)
    criteria = ReviewCriterion.objects.filter(review__in=list(review_ids)).order_by()
    for review, *pair in criteria.values_list("review", "weight", "state"):
        pairs[review].append(pair)
    Review.objects.bulk_update(
        [Review(pk=pk, readiness_percent=readiness_percent(of)) for pk, of in pairs.items()],
        ["readiness_percent"],
        batch_size=500,
    )
