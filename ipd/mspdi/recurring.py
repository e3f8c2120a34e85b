"""Days of exceptions that come again: every third day, each second Monday, the last Friday of May.

`Type` is the format's: 1 daily, 2 yearly by day, 3 yearly by position, 4 monthly by day, 5
monthly by position, 6 weekly; others are plain stretches of days.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from xml.etree.ElementTree import Element

from ipd.mspdi import values
from ipd.mspdi.xml import text

MOST = 20_000
LAST = 4  # position: the last of the month


def days(exception: Element, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which the exception holds."""
    kind = _number(exception, "Type", 1)
    every = max(1, _number(exception, "Period", 1))
    if kind in {2, 3}:
        found = _yearly(exception, first, last, by_position=kind == 3)
    elif kind in {4, 5}:
        found = _monthly(exception, first, last, every, by_position=kind == 5)
    elif kind == 6:
        found = _weekly(exception, first, last, every)
    else:
        step = every if kind in {1, 7} else 1
        length = (last - first).days
        found = (first + timedelta(days=n) for n in range(0, length + 1, step))
    rows = [
        day for day, _n in zip(takewhile(lambda d: d <= last, found), range(MOST), strict=False)
    ]
    most = _number(exception, "Occurrences", 0)
    counted = values.yes(text(exception, "EnteredByOccurrences", "0"))
    return rows[:most] if counted and most > 0 and kind in {2, 3, 4, 5, 6} else rows


def _number(exception: Element, tag: str, default: int) -> int:
    try:
        return values.whole(text(exception, tag, str(default)))
    except ValueError:
        return default


def _weekly(exception: Element, first: date, last: date, every: int) -> Iterator[date]:
    """Bits of DaysOfWeek: Sunday 1, Monday 2, … Saturday 64."""
    bits = _number(exception, "DaysOfWeek", 0)
    wanted = {n for n in range(7) if bits & (1 if n == 6 else 2 << n)}
    monday = first - timedelta(days=(first.weekday() + 1) % 7)  # weeks begin on Sunday
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() in wanted and ((day - monday).days // 7) % every == 0:
            yield day


def _monthly(exception, first, last, every: int, *, by_position: bool) -> Iterator[date]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        day = _in_month(exception, year, month, by_position)
        if day is not None and first <= day <= last:
            yield day
        year, month = year + (month - 1 + every) // 12, (month - 1 + every) % 12 + 1


def _yearly(exception, first, last, *, by_position: bool) -> Iterator[date]:
    month = min(11, max(0, _number(exception, "Month", 0))) + 1
    for year in range(first.year, last.year + 1):
        day = _in_month(exception, year, month, by_position)
        if day is not None and first <= day <= last:
            yield day


def _in_month(exception: Element, year: int, month: int, by_position: bool) -> date | None:
    length = monthrange(year, month)[1]
    if not by_position:
        number = _number(exception, "MonthDay", 1)
        return date(year, month, number) if 1 <= number <= length else None
    item, position = _number(exception, "MonthItem", 0), _number(exception, "MonthPosition", 0)
    found = [
        day for day in (date(year, month, n) for n in range(1, length + 1)) if _is_item(day, item)
    ]
    if position >= LAST:
        return found[-1]
    return found[position] if 0 <= position < len(found) else None


def _is_item(day: date, item: int) -> bool:
    """0 any day, 1 a weekday, 2 a day of the weekend, 3 Sunday, … 9 Saturday."""
    if item == 0:
        return True
    if item in {1, 2}:
        return (day.weekday() >= 5) == (item == 2)
    return (day.weekday() + 1) % 7 == item - 3
