"""What the finish depends on: criticality, sensitivity, rank correlation, and which path drives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ALWAYS = 0.95  # share of runs from which on a task lies on every path
SELDOM = 0.05  # share of runs up to which a path decides nothing
TOGETHER = 0.9  # share of the other runs in which the other path's tasks decide


@dataclass(frozen=True)
class Lesson:
    """Which path decides the finish, and in which share of the runs; what decides else.

    most_planned   the critical task with the largest share of the plan's path; where it is not
                   `through`, the plan points at the wrong thing
    """

    through: str
    share: float
    others: tuple[str, ...]
    on_plan: bool


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks of whole numbers, equal ones sharing the mean of theirs.

    >>> ranks(np.array([30, 10, 20, 10])).tolist()
    [4.0, 1.5, 3.0, 1.5]
    """
    shifted = values - values.min()
    if shifted.max() > 4 * len(values) + 1000:
        _kinds, shifted = np.unique(values, return_inverse=True)
    counts = np.bincount(shifted)
    return (np.cumsum(counts) - (counts - 1) / 2)[shifted]


def spearman(rows: Sequence[np.ndarray], total: np.ndarray) -> list[float]:
    """The rank correlation of each row with the total; 0 where one of them never varies.

    >>> spearman([np.array([1, 2, 3]), np.array([5, 5, 5])], np.array([9, 8, 1]))
    [-1.0, 0.0]
    """
    whole = ranks(total)
    whole = whole - whole.mean()
    length = float(np.sqrt(whole @ whole))
    found = []
    for row in rows:
        own = ranks(row)
        own = own - own.mean()
        size = float(np.sqrt(own @ own))
        found.append(round(float(own @ whole) / (size * length), 6) if size and length else 0.0)
    return found


def lesson(
    keys: Sequence[str], critical: np.ndarray, ssi: Sequence[float], planned: set[str]
) -> Lesson | None:
    """The path through the most sensitive task that is not on every path, and its rival.

    None where every path but one is seldom the longest: then no path is worth a word.

    critical   tasks by runs; `planned` are the keys that the plan itself calls critical.

    >>> runs = np.array([[1, 1, 1, 0], [0, 0, 0, 1], [1, 1, 1, 1]], dtype=bool)
    >>> lesson(["A6", "A1", "A9"], runs, [0.5, 0.1, 0.6], {"A1", "A9"})
    Lesson(through='A6', share=0.75, others=('A1',), on_plan=False)
    >>> lesson(["A6"], np.array([[True] + 39 * [False]]), [0.1], set()) is None
    True
    """
    shares = critical.mean(axis=1) if len(critical) else np.array([])
    places = range(len(keys))
    chosen = [place for place in places if SELDOM < shares[place] < ALWAYS and ssi[place] > 0]
    if not chosen:
        return None
    top = max(chosen, key=lambda place: ssi[place])
    without = ~critical[top]
    others = critical[:, without].mean(axis=1) if without.any() else np.zeros(len(keys))
    rivals = [
        keys[place]
        for place in range(len(keys))
        if shares[place] < ALWAYS and others[place] >= TOGETHER
    ]
    return Lesson(keys[top], float(shares[top]), tuple(rivals), keys[top] in planned)
