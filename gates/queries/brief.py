"""The one-page brief for the deciders."""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from gates.models import Condition, Review, ReviewCriterion
from gates.models.criteria import Assessment
from gates.queries.agenda import Item, agenda
from gates.queries.facts import Since, seen_before
from gates.queries.practice import Practice, presenting
from gates.queries.readiness import Readiness, readiness
from gates.queries.review_page import (
    Fed,
    chain_of,
    conditions_of_product,
    criteria_of,
    evidence_of,
    oldest_fresh,
    reviews_of_product,
)
from ipd.kernel.money import money
from ipd.models import BudgetMovement


@dataclass(frozen=True)
class Brief:
    standing: str
    readiness: Readiness
    red_musts: list[ReviewCriterion]
    contested: list[Item]
    chain: list[Fed]
    conditions: list[Condition]
    presents: Practice
    last_decided: Review | None
    money: list[str]
    since: Since
    granted: bool


def brief(review: Review, *, granted: bool) -> Brief:
    """What a decider reads before the vote; nine queries at most.

    granted  whether the reader may see money; the sum is not even read otherwise.
    """
    criteria = list(criteria_of([review.pk]))
    reviews = reviews_of_product(review)
    conditions = conditions_of_product(review)
    red = [row for row in criteria if row.is_must and row.state != Assessment.MET]
    decided = [row for row in reviews if row.decision_id and row.pk != review.pk]
    items = [item for item in agenda(criteria) if item.is_contested and item.criterion not in red]
    return Brief(
        standing=_standing(red),
        readiness=readiness(
            criteria,
            evidence_of(review),
            oldest=oldest_fresh(review),
            wanted_percent=review.gate.chain.ready_percent,
        ),
        red_musts=red,
        contested=items,
        chain=chain_of(review, reviews, conditions),
        conditions=conditions,
        presents=presenting(review),
        last_decided=max(decided, key=lambda row: row.decided_at, default=None),
        money=_given(review) if granted else [],
        since=seen_before(review),
        granted=granted,
    )


def _given(review: Review) -> list[str]:
    """The product's budget so far, a line for each currency."""
    sums = (
        BudgetMovement.objects.filter(product=review.product_id)
        .order_by("currency")
        .values("currency")
        .annotate(total=Sum("amount"))
    )
    return [money(row["total"], row["currency"], granted=True) for row in sums]


def _standing(red: list[ReviewCriterion]) -> str:
    """What the facts allow, before anybody votes."""
    waived = [row for row in red if getattr(row, "waiver", None) and row.waiver.is_signed]
    hard = [row for row in red if row not in waived and row.state != Assessment.PARTLY]
    if hard:
        codes = ", ".join(row.code for row in hard)
        return _("No go yet: %(codes)s must be met, or waived by two signatures.") % {
            "codes": codes
        }
    if red:
        return _("All musts are met, partly met or waived; conditions may close the rest.")
    return _("All musts are met.")
