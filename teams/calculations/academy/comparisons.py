"""Whether a difference between two groups can be told from chance, honestly for small groups.

Sources: Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10; Fisher's exact test;
Welch, Biometrika 34 (1947) 28–35; exact permutation of the group labels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb, sqrt
from statistics import NormalDist, fmean, variance
from typing import NamedTuple

import numpy as np

from teams.calculations.academy.student import quantile
from teams.calculations.intervals import SURE, wilson

LEAST_SHOWN = 5  # people or teams: cells below it are not shown
MOST_LABELLINGS = 200_000  # beyond it the labels are drawn instead of all tried
DRAWN, AT_ONCE = 20_000, 200
SEED = 20_261_122
POWER = 0.80
SURE_SHARE = 0.975  # below the upper end of a two-sided 95 %
SELDOM = 0.05  # p below it is called a difference
ALMOST = 1e-9  # differences of floating point count as ties


@dataclass(frozen=True)
class Share:
    """`hits` of `n`, and the 95 % interval of the share by Wilson."""

    hits: int
    n: int

    @property
    def share(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.n)

    @property
    def percent(self) -> tuple[float, float, float] | None:
        """The share and the ends of its interval, in percent."""
        return tuple(100 * one for one in (self.share, *self.interval)) if self.n else None


def newcombe(first: Share, second: Share) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares, first less second.

    >>> [round(100 * end, 1) for end in newcombe(Share(7, 22), Share(6, 30))]
    [-11.4, 35.2]
    """
    low1, high1 = first.interval
    low2, high2 = second.interval
    p1, p2 = first.share, second.share
    down = sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    up = sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return p1 - p2 - down, p1 - p2 + up


def fisher(first: Share, second: Share) -> float:
    """Two-sided exact p: of all tables with the same margins, those as unlikely or less so.

    >>> round(fisher(Share(7, 22), Share(6, 30)), 3)
    0.353
    """
    hits, n = first.hits + second.hits, first.n + second.n
    ways = {
        k: comb(first.n, k) * comb(second.n, hits - k)
        for k in range(max(0, hits - second.n), min(first.n, hits) + 1)
    }
    # The counts are whole numbers, so that ties are ties.
    return sum(w for w in ways.values() if w <= ways[first.hits]) / comb(n, hits)


@dataclass(frozen=True)
class Permuted:
    """How many labellings differ at least as much as the real one, of how many looked at."""

    as_extreme: int
    labellings: int
    is_exact: bool

    @property
    def p(self) -> float:
        """Of drawn labellings the real one counts as one, so that p is never 0."""
        if self.is_exact:
            return self.as_extreme / self.labellings
        return (self.as_extreme + 1) / (self.labellings + 1)


def permutation(first: Sequence[float], second: Sequence[float]) -> Permuted:
    """Two-sided test of the difference of means by exchanging who was in which group.

    >>> permutation([9, 6, 8, 12, 1], [2, 6, 2, 2, 5, 2])
    Permuted(as_extreme=35, labellings=462, is_exact=True)
    """
    return _permuted(tuple(first), tuple(second))


@lru_cache(maxsize=256)
def _permuted(first: tuple[float, ...], second: tuple[float, ...]) -> Permuted:
    values, k = [*first, *second], len(first)
    total, n = sum(values), len(values)

    def apart(chosen: float) -> float:
        return abs(chosen / k - (total - chosen) / (n - k))

    real = apart(sum(first)) - ALMOST
    labellings = comb(n, k)
    if labellings <= MOST_LABELLINGS:
        hits = sum(apart(sum(some)) >= real for some in combinations(values, k))
        return Permuted(hits, labellings, is_exact=True)
    draw = np.random.default_rng(SEED)  # repeatable
    hits = 0
    for _ in range(DRAWN // AT_ONCE):
        mixed = draw.permuted(np.tile(np.asarray(values, dtype=float), (AT_ONCE, 1)), axis=1)
        chosen = mixed[:, :k].sum(axis=1)
        hits += int((np.abs(chosen / k - (total - chosen) / (n - k)) >= real).sum())
    return Permuted(hits, DRAWN, is_exact=False)


def welch(first: Sequence[float], second: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the difference of means, variances not assumed equal.

    None with fewer than two of a group, or where nothing varies.

    >>> [round(end, 1) for end in welch([9, 6, 8, 12, 1], [2, 6, 2, 2, 5, 2])]
    [-0.9, 9.0]
    """
    error = _error(first, second)
    if error is None:
        return None
    spread = quantile(SURE_SHARE, error.freedom) * error.size
    apart = fmean(first) - fmean(second)
    return apart - spread, apart + spread


class _Error(NamedTuple):
    """The standard error of a difference of means, and its degrees of freedom."""

    size: float
    freedom: float


def _error(first: Sequence[float], second: Sequence[float]) -> _Error | None:
    if min(len(first), len(second)) < 2:
        return None
    a, b = variance(first) / len(first), variance(second) / len(second)
    if a + b == 0:
        return None
    freedom = (a + b) ** 2 / (a**2 / (len(first) - 1) + b**2 / (len(second) - 1))
    return _Error(sqrt(a + b), freedom)


def detectable_share(base: float, n1: int, n2: int) -> float | None:
    """The smallest rise above the share `base` that is found in four of five trials.

    Two-sided 5 %, normal approximation with the pooled share; None where not even a rise to
    all would be found.

    >>> round(detectable_share(0.2, 22, 30), 2)
    0.37
    """
    seldom, power = SURE, NormalDist().inv_cdf(POWER)

    def needed(rise: float) -> float:
        share = base + rise
        pooled = (n1 * share + n2 * base) / (n1 + n2)
        under_none = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
        under_some = sqrt(share * (1 - share) / n1 + base * (1 - base) / n2)
        return seldom * under_none + power * under_some - rise

    low, high = 0.0, 1 - base
    if needed(high) > 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if needed(middle) > 0 else (low, middle)
    return high


def detectable_change(first: Sequence[float], second: Sequence[float]) -> float | None:
    """The smallest difference of mean changes that is found in four of five trials.

    By the spread that was seen: (t at 97.5 % + t at 80 %) × standard error, with Welch's freedom.
    """
    error = _error(first, second)
    if error is None:
        return None
    return (quantile(SURE_SHARE, error.freedom) + quantile(POWER, error.freedom)) * error.size


def holm(values: Sequence[float]) -> list[float]:
    """p-values corrected for being many, in the order given (Holm 1979).

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    corrected, least = [0.0] * len(values), 0.0
    for place, index in enumerate(order):
        least = max(least, min(1.0, (len(values) - place) * values[index]))
        corrected[index] = least
    return corrected


def normalised_gain(pre: float, post: float) -> float | None:
    """Of what could still be gained, the share that was; both in percent (Hake 1998).

    >>> round(normalised_gain(54, 81), 2)
    0.59
    """
    return (post - pre) / (100 - pre) if pre < 100 else None


def finds(interval: tuple[float, float] | None) -> bool:
    """Whether the interval leaves out no difference at all."""
    return interval is not None and not interval[0] <= 0 <= interval[1]
