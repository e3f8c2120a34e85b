"""How often a pair meets, what its sessions count for, and who suits whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

LIMIT = 3  # learners of one mentor
WEEKS_BETWEEN = 3
BETWEEN = timedelta(weeks=WEEKS_BETWEEN)
ASKED_AFTER = timedelta(weeks=5)  # the sixth week has begun


def week_of(day: date, started_on: date) -> int:
    """The week of the path that the day lies in; the first is 1.

    >>> week_of(date(2026, 8, 3), date(2026, 7, 27))
    2
    """
    return (day - started_on).days // 7 + 1


def needed(from_week: int, to_week: int) -> int:
    """Sessions that are held in these weeks: one for each begun three.

    >>> needed(1, 1), needed(5, 12), needed(13, 18), needed(19, 26)
    (1, 3, 2, 3)
    """
    return ceil((to_week - from_week + 1) / WEEKS_BETWEEN)


def counted(spans: Sequence[tuple[int, int]], weeks: Iterable[int]) -> list[int]:
    """How many sessions, held in these weeks of the path, count for each span of weeks.

    A session counts for the first span that still lacks one, from the week before the span
    begins; what was missed may be made up later. The very first session counts whenever it is.

    >>> counted([(1, 1), (5, 12), (13, 18)], [1, 4, 7, 10, 13])
    [1, 3, 1]
    >>> counted([(1, 1), (5, 12)], [3, 3, 3])
    [1, 0]
    >>> counted([(1, 1), (5, 12)], [14, 15])
    [1, 1]
    """
    found = [0] * len(spans)
    for week in sorted(weeks):
        for place, (first, last) in enumerate(spans):
            if found[place] < needed(first, last) and week >= first - 1:
                found[place] += 1
                break
    return found


def next_due(last: date) -> date:
    """The day by which the pair meets again, after it met last (or began)."""
    return last + BETWEEN


@dataclass(frozen=True)
class Suits:
    """What speaks for a mentor: another function, what they offer of what is wished, who they
    have already."""

    other_function: bool
    wished: int
    load: int

    @property
    def order(self) -> tuple:
        """Smaller is better.

        >>> Suits(True, 0, 2).order < Suits(False, 2, 0).order
        True
        >>> Suits(True, 1, 2).order < Suits(True, 0, 0).order
        True
        """
        return (not self.other_function, -self.wished, self.load)
