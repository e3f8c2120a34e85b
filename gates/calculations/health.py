"""Health of the process: what calls for somebody, and how sure a count of few reviews is.

Pure arithmetic. Formulas and limits: domain reference §6.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

SURE = 0.95
ENOUGH = 20  # assessments, before "it never changed a decision" says anything
LEAST_N = 5  # below so many observations the counts are shown and nothing is said of them
HOURS_A_DAY = 8
WORKING_DAYS_OF_A_WEEK = 5
# Days from asked to told that are meant, by kind of decision.
TARGET_DAYS = {"decision": 20, "technical": 15, "unplanned": 15, "offline": 7}
P90_BY_TARGET = 3
LEAST_TOUCH, MOST_AGREED = 0.10, 0.95
MOST_DEFERRED = MOST_WAIVED = MOST_REOPENED = 0.10
A_TREND = 1.10  # so many times the year before


def upper_bound(hits: int, n: int, sure: float = SURE) -> float:
    """The exact upper bound of a rate of which `hits` of `n` were seen (Clopper and Pearson).

    The largest rate at which so few hits still happen in one of twenty such series; one-sided.

    >>> [round(100 * upper_bound(0, n), 1) for n in (34, 31, 22, 40)]
    [8.4, 9.2, 12.7, 7.2]
    >>> upper_bound(0, 0), upper_bound(7, 7)
    (1.0, 1.0)
    """
    if hits >= n:
        return 1.0
    low, high = hits / n, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        at_most = sum(comb(n, k) * middle**k * (1 - middle) ** (n - k) for k in range(hits + 1))
        low, high = (middle, high) if at_most > 1 - sure else (low, middle)
    return high


def is_candidate(hits: int, n: int) -> bool:
    """It never changed a decision, and was asked often enough to say so.

    >>> is_candidate(0, 22), is_candidate(0, 19), is_candidate(1, 34)
    (True, False, False)
    """
    return hits == 0 and n >= ENOUGH


def percentile(rising: Sequence[float], share: float) -> float:
    """The value below which the share of a rising row lies, in proportion between two of them.

    >>> percentile([1, 2, 4], 0.5), percentile([10, 20], 0.9), percentile([7], 0.9)
    (2.0, 19.0, 7.0)
    """
    place = share * (len(rising) - 1)
    low = rising[int(place)]
    return low + (rising[min(int(place) + 1, len(rising) - 1)] - low) * (place - int(place))


@dataclass(frozen=True)
class Share:
    """So many of so many; no figure where there was nothing to count."""

    part: float
    whole: float

    @property
    def ratio(self) -> float | None:
        """
        >>> Share(1, 4).ratio, Share(0, 0).ratio
        (0.25, None)
        """
        return self.part / self.whole if self.whole else None

    def above(self, limit: float) -> bool | None:
        """None where there is nothing, or too little, to say it of."""
        if self.whole < LEAST_N:
            return None
        return self.part / self.whole > limit


def is_slow(kind: str, median: float | None, p90: float | None, n: int) -> bool | None:
    """The median is beyond the kind's target, or one of ten takes three times as long.

    >>> is_slow("decision", 21, 30, 9), is_slow("decision", 14, 61, 9), is_slow("offline", 5, 9, 4)
    (True, True, None)
    """
    if median is None or p90 is None or n < LEAST_N:
        return None
    target = TARGET_DAYS[kind]
    return median > target or p90 > P90_BY_TARGET * target


def rises(now: float | None, before: float | None) -> bool | None:
    """More than a tenth above the year before; None without a year before.

    >>> rises(112, 100), rises(105, 100), rises(50, None)
    (True, False, None)
    """
    return None if now is None or not before else now > A_TREND * before


def working_hours(days: float) -> float:
    """Working hours in so many calendar days.

    >>> working_hours(7)
    40.0
    """
    return days * WORKING_DAYS_OF_A_WEEK / 7 * HOURS_A_DAY
