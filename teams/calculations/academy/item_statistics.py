"""What the answers of many say of an item: how hard it is, and whether it tells people apart."""

from dataclasses import dataclass
from math import sqrt

LEAST = 30  # fewer answers say nothing of an item


@dataclass(frozen=True)
class Sums:
    """What is kept of an item's first meetings; `rest` is percent of the other items right.

    rest, rest_squared  sums over all who met it; rest_when_right over those who had it right
    """

    n: int
    right: int
    rest: float
    rest_squared: float
    rest_when_right: float


def difficulty(sums: Sums) -> float | None:
    """p, the share that had it right; None below `LEAST` answers.

    >>> difficulty(Sums(40, 30, 0, 0, 0)), difficulty(Sums(29, 20, 0, 0, 0))
    (0.75, None)
    """
    return sums.right / sums.n if sums.n >= LEAST else None


def discrimination(sums: Sums) -> float | None:
    """The point-biserial correlation of the item with the rest of the sheet, from -1 to 1.

    The item itself is left out of the rest, which would raise it. None below `LEAST` answers,
    and where all or none had the item right, or the rest right alike.
    """
    wrong = sums.n - sums.right
    if sums.n < LEAST or not sums.right or not wrong:
        return None
    spread = sums.rest_squared / sums.n - (sums.rest / sums.n) ** 2
    if spread <= 1e-9:
        return None
    apart = sums.rest_when_right / sums.right - (sums.rest - sums.rest_when_right) / wrong
    return apart / sqrt(spread) * sqrt(sums.right * wrong) / sums.n
