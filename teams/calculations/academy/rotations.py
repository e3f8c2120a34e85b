"""Whether a rotation fits into somebody's working time, and is long enough to count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FULL_TIME = 100
LEAST = {"function": (42, 50), "field": (14, 100)}  # days and percent of working time


@dataclass(frozen=True)
class Promise:
    """Working time that is given away: from a day up to, and without, another (None: no end)."""

    first: date
    until: date | None
    percent: int
    what: str = ""


@dataclass(frozen=True)
class Conflict:
    """The day on which most is promised, how much with the new promise, and by what."""

    day: date
    percent: int
    promises: tuple[Promise, ...]


def conflict(promises: Iterable[Promise], first: date, until: date, percent: int):
    """The worst day of a new promise that would take more than full time; None when it fits.

    >>> march, april = date(2027, 3, 1), date(2027, 4, 1)
    >>> seat = Promise(date(2020, 1, 1), None, 50, "seat")
    >>> conflict([seat], march, april, 50) is None
    True
    >>> late = Promise(date(2027, 3, 20), date(2027, 3, 25), 20, "other")
    >>> worst = conflict([seat, late], march, april, 50)
    >>> worst.day, worst.percent, [one.what for one in worst.promises]
    (datetime.date(2027, 3, 20), 120, ['seat', 'other'])
    """
    held = [one for one in promises if one.first < until and (not one.until or one.until > first)]
    days = sorted({first, *(one.first for one in held if one.first > first)})
    worst = None
    for day in days:
        then = tuple(one for one in held if one.first <= day and (not one.until or one.until > day))
        total = percent + sum(one.percent for one in then)
        if total > FULL_TIME and (worst is None or total > worst.percent):
            worst = Conflict(day, total, then)
    return worst


def is_long_enough(kind: str, first: date, last: date, percent: int) -> bool:
    """Six weeks at half of one's time in another function, or two weeks full time in the field.

    >>> is_long_enough("function", date(2027, 3, 1), date(2027, 4, 11), 50)
    True
    >>> is_long_enough("field", date(2027, 3, 1), date(2027, 3, 14), 90)
    False
    """
    days, least = LEAST[kind]
    return (last - first) >= timedelta(days=days - 1) and percent >= least
