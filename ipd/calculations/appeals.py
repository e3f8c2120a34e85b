"""What a $APPEALS sheet says: how an offer stands as a whole, and where to look first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Gap:
    """One buying criterion: own score less the best competitor's, and what it weighs.

    `attention` is weight × max(0, −gap): zero where the own offer leads.
    """

    criterion: str
    weight: Decimal
    own: int
    best: int
    best_offer: str

    @property
    def gap(self) -> int:
        return self.own - self.best

    @property
    def attention(self) -> Decimal:
        return self.weight * max(0, -self.gap)


def offer_index(weights: Mapping[str, Decimal], scores: Mapping[str, int]) -> Decimal:
    """Σ weight · score of one offer, from 1 to 10.

    >>> offer_index({"price": Decimal("0.6"), "ease": Decimal("0.4")}, {"price": 5, "ease": 10})
    Decimal('7.0')
    """
    return sum((weights[name] * scores[name] for name in weights), Decimal(0))


def gaps(
    weights: Mapping[str, Decimal],
    own: Mapping[str, int],
    competitors: Mapping[str, Mapping[str, int]],
) -> list[Gap]:
    """One gap per criterion, what needs most attention first; none without a competitor.

    >>> others = {"A": {"price": 7}, "B": {"price": 6}}
    >>> [found] = gaps({"price": Decimal("0.5")}, {"price": 4}, others)
    >>> found.gap, found.attention, found.best_offer
    (-3, Decimal('1.5'), 'A')
    """
    if not competitors:
        return []
    found = []
    for name, weight in weights.items():
        best = max(competitors, key=lambda offer: competitors[offer][name])
        found.append(Gap(name, weight, own[name], competitors[best][name], best))
    return sorted(found, key=lambda gap: (-gap.attention, -gap.weight, gap.criterion))
