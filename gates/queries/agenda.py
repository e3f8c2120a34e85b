"""The order of a meeting: what is contested first, the rest by consent."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gates.models import ReviewCriterion
from gates.models.criteria import Assessment
from gates.models.definitions import Weight

# Scores of one criterion that lie this far apart (of 10) make it contested.
WIDE_SPREAD = 4

_STATES = [Assessment.NOT_MET, Assessment.PARTLY, Assessment.NO_DATA, Assessment.MET]
_WEIGHTS = [Weight.MUST, Weight.SHOULD, Weight.ADVISORY]


@dataclass(frozen=True)
class Spread:
    """The revealed scores of one criterion, 0 to 10."""

    lowest: int
    highest: int
    mean: float
    count: int

    @property
    def range(self) -> str:
        """“3–7”; where all agree, or one alone scored, “3”."""
        return f"{self.lowest}–{self.highest}" if self.width else str(self.lowest)

    @property
    def words(self) -> str:
        if not self.width:
            return self.range
        return _("%(range)s, mean %(mean)s") % {"range": self.range, "mean": self.mean}

    @property
    def width(self) -> int:
        return self.highest - self.lowest

    @property
    def is_wide(self) -> bool:
        return self.width >= WIDE_SPREAD


@dataclass(frozen=True)
class Item:
    criterion: ReviewCriterion
    spread: Spread | None
    is_contested: bool


def spread_of(scores: Iterable[int]) -> Spread | None:
    """Lowest, highest and mean of one criterion's scores; None without any."""
    scores = list(scores)
    if not scores:
        return None
    return Spread(min(scores), max(scores), round(sum(scores) / len(scores), 1), len(scores))


def agenda(
    criteria: Iterable[ReviewCriterion], spreads: dict[int, Spread] | None = None
) -> list[Item]:
    """Criteria in the order of the meeting.

    spreads  of revealed scores by criterion; None while votes are sealed, so that the order
             says nothing about them: then the team's own judgement orders the list.
    """
    items = []
    for criterion in criteria:
        spread = spreads.get(criterion.pk) if spreads else None
        red = criterion.state != Assessment.MET and criterion.weight != Weight.ADVISORY
        items.append(Item(criterion, spread, red or bool(spread and spread.is_wide)))
    return sorted(
        items,
        key=lambda item: (
            not item.is_contested,
            -(item.spread.width if item.spread else 0),
            _WEIGHTS.index(item.criterion.weight),
            _STATES.index(item.criterion.state),
            item.criterion.order,
        ),
    )
