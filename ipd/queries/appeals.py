"""A $APPEALS sheet with its figures: indices, gaps, where to look first."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from ipd.calculations.appeals import Gap, gaps, offer_index
from ipd.models import AppealsSheet, Product
from ipd.models.requirement_words import BuyingCriterion


@dataclass(frozen=True)
class Offer:
    """An offer, its index, and its score on each criterion in their order."""

    name: str
    is_own: bool
    index: Decimal
    scores: list[int]


@dataclass(frozen=True)
class Sheet:
    """`gaps` are sorted by attention; `criteria` and `weights` in the order of $APPEALS."""

    row: AppealsSheet
    criteria: list[str]
    weights: list[Decimal]
    offers: list[Offer]
    gaps: list[Gap]


def sheets(product: Product) -> QuerySet[AppealsSheet]:
    """The product's sheets, the newest first."""
    return product.appeals_sheets.order_by("-on", "segment")


def read(row: AppealsSheet) -> Sheet:
    """The sheet with all its figures, in three queries."""
    weights = {weight.criterion: weight.weight for weight in row.weights.all()}
    names = dict(BuyingCriterion.choices)
    order = [value for value in BuyingCriterion.values if value in weights]
    offers, scores = [], {}
    for offer in row.offers.prefetch_related("scores"):
        given = {score.criterion: score.score for score in offer.scores.all()}
        scores[offer.name] = given
        offers.append(
            Offer(
                offer.name,
                offer.is_own,
                offer_index(weights, given),
                [given[criterion] for criterion in order],
            )
        )
    own = next(offer.name for offer in offers if offer.is_own)
    others = {offer.name: scores[offer.name] for offer in offers if not offer.is_own}
    return Sheet(
        row,
        [str(names[criterion]) for criterion in order],
        [weights[criterion] for criterion in order],
        offers,
        [
            Gap(str(names[gap.criterion]), gap.weight, gap.own, gap.best, gap.best_offer)
            for gap in gaps(weights, scores[own], others)
        ],
    )
