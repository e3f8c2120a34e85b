"""Keeps the portfolio's row per product current; called by every action that moves a review."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gates.models import Condition, Review
from gates.models.reviews import IN_ROOM, Stage
from ipd.kernel.days import today
from ipd.models import PortfolioRow, Product
from ipd.models.portfolio import State
from ipd.models.products import ProductStatus

CHUNK = 500


def refresh(product_ids: Iterable[int]) -> None:
    """Rewrite the rows of these products, four queries per 500, in the caller's transaction."""
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), CHUNK):
        _refresh(ids[start : start + CHUNK])


def _refresh(ids: list[int]) -> None:
    day = today()
    reviews = defaultdict(list)
    rows = (
        Review.objects.real()
        .filter(product__in=ids)
        .exclude(stage=Stage.WITHDRAWN)
        .select_related("outcome", "gate")
        .order_by("planned_on", "pk")
    )
    for review in rows:
        reviews[review.product_id].append(review)
    debt = {
        row["review__product"]: row
        for row in Condition.objects.unsettled()
        .filter(review__product__in=ids)
        .values("review__product")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)))
    }
    PortfolioRow.objects.bulk_create(
        [
            _row(product, reviews[product.pk], debt.get(product.pk, {}), day)
            for product in Product.objects.filter(pk__in=ids)
        ],
        update_conflicts=True,
        unique_fields=["product"],
        update_fields=[
            "state",
            "state_reason",
            "ribbon",
            "next_gate",
            "next_gate_on",
            "next_review",
            "open_conditions",
            "overdue_conditions",
            "updated_at",
        ],
    )


def _row(product: Product, reviews: list[Review], debt: dict, day: date) -> PortfolioRow:
    coming = next((review for review in reviews if review.is_open), None)
    unplanned = next(
        (review for review in reviews if review.is_open and review.gate.unplanned), None
    )
    state, reason = state_of(product, coming, unplanned, debt.get("overdue", 0), day)
    return PortfolioRow(
        product=product,
        state=state,
        state_reason=reason,
        ribbon=[mark(review, day) for review in reviews],
        next_gate=coming.label if coming else "",
        next_gate_on=coming.planned_on if coming else None,
        next_review=coming.pk if coming else None,
        open_conditions=debt.get("open", 0),
        overdue_conditions=debt.get("overdue", 0),
    )


def mark(review: Review, day: date) -> dict:
    """One diamond of the ribbon; held reviews stand at the day they were held."""
    if review.stage == Stage.DECIDED:
        state = "decided"
    elif review.stage in IN_ROOM:
        state = "open"
    else:
        state = "late" if review.planned_on < day else "future"
    on = review.held_on or review.planned_on
    said = review.outcome.name if review.outcome else review.get_stage_display()
    return {
        "label": review.label,
        "on": on.isoformat(),
        "state": state,
        "title": f"{review.label} {on.isoformat()}, {said}",
    }


def state_of(
    product: Product, coming: Review | None, unplanned: Review | None, overdue: int, day: date
) -> tuple[State, str]:
    """The product's state by its gates, the worst first.

    A late gate is off track; a gate nobody planned, one that slipped and an overdue
    condition are risks.
    """
    if product.status != ProductStatus.ACTIVE:
        return State.NONE, str(product.get_status_display())
    if coming and coming.stage in IN_ROOM:
        return State.INFO, _("%(gate)s is in review.") % {"gate": coming.label}
    if coming and coming.planned_on < day:
        days = (day - coming.planned_on).days
        return State.OFF, ngettext(
            "%(gate)s is %(days)d day late.", "%(gate)s is %(days)d days late.", days
        ) % {"gate": coming.label, "days": days}
    if unplanned:
        return State.RISK, _("An unplanned decision is due on %(day)s.") % {
            "day": unplanned.planned_on
        }
    slip = (coming.planned_on - coming.baseline_on).days if coming else 0
    if slip > 0:
        return State.RISK, ngettext(
            "%(gate)s slipped by %(days)d day.", "%(gate)s slipped by %(days)d days.", slip
        ) % {"gate": coming.label, "days": slip}
    if overdue:
        return State.RISK, ngettext(
            "%(count)d condition is overdue.", "%(count)d conditions are overdue.", overdue
        ) % {"count": overdue}
    if coming is None:
        return State.NONE, _("No gate is planned.")
    return State.ON, _("%(gate)s is on its day.") % {"gate": coming.label}
