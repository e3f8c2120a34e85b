"""Months: each is named by its first day."""

from datetime import date, timedelta


def month_of(day: date) -> date:
    """
    >>> month_of(date(2026, 11, 22))
    datetime.date(2026, 11, 1)
    """
    return day.replace(day=1)


def shifted(month: date, count: int) -> date:
    """The month `count` months later, or earlier when it is negative.

    >>> shifted(date(2026, 11, 1), 3), shifted(date(2026, 1, 1), -1)
    (datetime.date(2027, 2, 1), datetime.date(2025, 12, 1))
    """
    years, place = divmod(month.month - 1 + count, 12)
    return date(month.year + years, place + 1, 1)


def last_day(month: date) -> date:
    """
    >>> last_day(date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return shifted(month, 1) - timedelta(days=1)


def between(first: date, last: date) -> int:
    """How many months `last` comes after `first`.

    >>> between(date(2025, 11, 1), date(2026, 10, 1))
    11
    """
    return 12 * (last.year - first.year) + last.month - first.month


def row_of(last: date, count: int) -> list[date]:
    """`count` months up to and with `last`.

    >>> row_of(date(2026, 1, 1), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    return [shifted(last, place - count + 1) for place in range(count)]
