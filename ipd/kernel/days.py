"""Days: dates are dates, and review steps are counted in working days."""

from datetime import date, timedelta

from django.utils import timezone


def today() -> date:
    """The current date in the installation's time zone."""
    return timezone.localdate()


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after (before, when negative) `day`.

    Monday to Friday count; sites' public holidays belong to the plan's calendars.

    >>> add_working_days(date(2026, 12, 3), -5)
    datetime.date(2026, 11, 26)
    >>> add_working_days(date(2026, 11, 22), 1)
    datetime.date(2026, 11, 23)
    """
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        if day.weekday() < 5:
            left -= 1
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and with `last`; negative when `last` is earlier.

    >>> working_days_between(date(2026, 11, 20), date(2026, 11, 23))
    1
    >>> working_days_between(date(2026, 11, 23), date(2026, 11, 20))
    -1
    """
    if last < first:
        return -working_days_between(last, first)
    whole_weeks, rest = divmod((last - first).days, 7)
    days = whole_weeks * 5
    return days + sum((first + timedelta(days=n + 1)).weekday() < 5 for n in range(rest))
