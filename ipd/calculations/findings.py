"""What a simulation found: days as ordinals, lengths in working days of the plan's calendar.

A percentile's day is the day on which that run ends, so it is rounded up.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from ipd.calculations.sensitivity import Lesson
from ipd.calculations.working_time import weekday


@dataclass(frozen=True)
class OfTask:
    """One activity: days as ordinals, `mean` and `sd` of its duration in working days."""

    key: str
    group: str
    p50_start: int
    p80_start: int
    p50_finish: int
    p80_finish: int
    mean: float
    sd: float
    criticality: float
    ssi: float
    cruciality: float


@dataclass(frozen=True)
class OfHazard:
    """One risk: in which share of the runs it happened, and how many working days later the
    plan then ended; None when it happened always or never."""

    code: str
    title: str
    share: float
    delay: float | None


@dataclass
class Result:
    """What came out. `finishes` counts runs by the ordinal day on which they end.

    days        working days from the first of the remaining work to the finish, run by run
    planned     ordinal day of the finish with the likely durations, `planned_days` of work
    merge_days  mean finish less the finish with mean durations: what joining paths cost
    """

    finishes: dict[int, int]
    days: np.ndarray
    planned: int
    planned_days: float
    merge_days: float
    tasks: list[OfTask] = field(default_factory=list)
    hazards: list[OfHazard] = field(default_factory=list)
    lesson: Lesson | None = None

    def day(self, percent: float) -> int:
        """The first day by which at least so many percent of the runs have ended."""
        days = sorted(self.finishes)
        seen = np.cumsum([self.finishes[day] for day in days])
        return days[int(np.searchsorted(100 * seen, percent * int(seen[-1])))]

    def working_days(self, percent: float) -> float:
        """The percentile in working days from the first of the remaining work."""
        return float(np.percentile(self.days, percent, method="inverted_cdf"))

    def share_by(self, day: int) -> float:
        """Share of the runs that have ended by this day."""
        total = sum(self.finishes.values())
        return sum(runs for on, runs in self.finishes.items() if on <= day) / total


def histogram(finishes: dict[int, int], most: int = 30) -> Counter:
    """Runs by the first day of stretches of whole weeks, at most so many of them.

    >>> histogram({740000: 2, 740001: 1, 740030: 1}, most=3)
    Counter({739999: 3, 740027: 1})
    """
    if not finishes:
        return Counter()
    first, last = min(finishes), max(finishes)
    monday = first - weekday(first)
    weeks = max(1, -(-(last - monday + 1) // (7 * most)))
    found: Counter = Counter()
    for day, runs in finishes.items():
        found[monday + (day - monday) // (7 * weeks) * 7 * weeks] += runs
    return found
