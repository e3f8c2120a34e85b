"""What the gates know about one product: its reviews, what is still owed, how it is tailored."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from gates.models import Condition, Decision, Review, Tailoring
from ipd.models import Product


def reviews(product: Product) -> list[Review]:
    """The product's reviews in the order of days, each with its standing decision's number."""
    standing = Decision.objects.filter(review=OuterRef("pk"), superseded_at=None)
    return list(
        Review.objects.real()
        .filter(product=product)
        .select_related("gate__chain", "outcome", "body")
        .annotate(
            day=Coalesce("held_on", "planned_on"),
            decision_id=Subquery(standing.values("pk")[:1]),
            rationale=Subquery(standing.values("rationale")[:1]),
            decided_by_name=Subquery(standing.values("decided_by__name")[:1]),
        )
        .order_by("day", "pk")
    )


def unsettled(product: Product) -> list[Condition]:
    """Conditions that are not settled, the oldest day first."""
    return list(
        Condition.objects.unsettled()
        .filter(review__product=product)
        .select_related("owner", "review__gate")
        .order_by("due_on", "pk")
    )


def tailoring(product: Product) -> list[Tailoring]:
    """Where the product departs from its process, in the order of gates."""
    return list(
        Tailoring.objects.filter(product=product)
        .select_related("gate", "into", "approver")
        .order_by("gate__order")
    )
