"""In which week of a path somebody is, and whether they are behind plan.

**Behind plan** is who has not done a required element whose last week is over. Nothing else
counts: neither marks nor credits, and being early in one thing makes up for nothing. By how many
weeks is counted from the element that has waited longest.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Protocol

DAYS = 7


class Planned(Protocol):
    """An element of a path, as far as its weeks go."""

    code: str
    to_week: int
    is_required: bool


def week_of(started: date, day: date) -> int:
    """The running week of the path, 1 for the first; 0 before the first day.

    >>> week_of(date(2026, 7, 27), date(2026, 11, 22))
    17
    >>> week_of(date(2026, 7, 27), date(2026, 7, 26))
    0
    """
    return max(0, (day - started).days // DAYS + 1)


def first_day(started: date, week: int) -> date:
    """The first day of a week of the path.

    >>> first_day(date(2026, 7, 27), 17)
    datetime.date(2026, 11, 16)
    """
    return started + timedelta(days=DAYS * (week - 1))


def last_day(started: date, week: int) -> date:
    """The last day of a week of the path.

    >>> last_day(date(2026, 7, 27), 1)
    datetime.date(2026, 8, 2)
    """
    return started + timedelta(days=DAYS * week - 1)


def late[T: Planned](elements: Iterable[T], done: Collection[str], week: int) -> list[T]:
    """The required elements whose last week is over and that are not done, in their order."""
    return [
        one for one in elements if one.is_required and one.to_week < week and one.code not in done
    ]


def weeks_behind(elements: Iterable[Planned], done: Collection[str], week: int) -> int:
    """How many weeks ago the first of them should have been done; 0 for who is on plan."""
    return max((week - one.to_week for one in late(elements, done, week)), default=0)
