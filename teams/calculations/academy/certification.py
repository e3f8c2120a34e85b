"""How long a certificate holds, and what three assessors' levels come to."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import median_low

from teams.calculations.months import month_of, shifted

REMINDED = (6, 3, 1)  # months before a certificate's last day


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the month's last; negative is earlier.

    >>> months_on(date(2026, 8, 31), 6), months_on(date(2026, 3, 31), -1)
    (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28))
    """
    month = shifted(month_of(day), months)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))


def last_day(issued_on: date, months: int) -> date:
    """The last day of a certificate that holds so many months.

    >>> last_day(date(2025, 11, 1), 24)
    datetime.date(2027, 10, 31)
    """
    return months_on(issued_on, months) - timedelta(days=1)


def reminder_due(valid_until: date, day: date) -> int | None:
    """The reminder that is due on a day: how many months before the end; None before the first.

    >>> until = date(2027, 10, 31)
    >>> [reminder_due(until, date(2027, *day)) for day in [(4, 29), (4, 30), (8, 1), (10, 1)]]
    [None, 6, 3, 1]
    """
    due = [months for months in REMINDED if day >= months_on(valid_until, -months)]
    return min(due) if due and day <= valid_until else None


def below(levels: Mapping[str, int], asked: Mapping[str, int]) -> list[str]:
    """Criteria whose level is less than what is asked.

    >>> below({"A": 3, "B": 2, "T": 2}, {"A": 3, "B": 3, "T": 2})
    ['B']
    """
    return [code for code, least in asked.items() if levels[code] < least]


def middle(levels: Iterable[int]) -> int:
    """Where the talk begins: the middle one of the levels given.

    >>> middle([2, 4, 3])
    3
    """
    return median_low(levels)
