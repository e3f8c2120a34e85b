"""Values as project files write them: durations, moments, hours, numbers."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

DURATION = re.compile(
    r"^P(?:(\d{1,9}(?:\.\d+)?)Y)?(?:(\d{1,9}(?:\.\d+)?)M)?(?:(\d{1,9}(?:\.\d+)?)D)?"
    r"(?:T(?:(\d{1,9}(?:\.\d+)?)H)?(?:(\d{1,9}(?:\.\d+)?)M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?$"
)
ELAPSED = {4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52}
PERCENT = {19, 20, 51, 52}
FIRST_YEAR, LAST_YEAR = 1901, 2199
MOST_MINUTES = 2_000_000_000


def minutes(text: str) -> int:
    """Minutes of a duration; ValueError when it is none.

    >>> minutes("PT80H0M0S"), minutes("PT0H30M0S"), minutes("P1DT1H")
    (4800, 30, 1500)
    >>> minutes("PT-8H0M0S")
    Traceback (most recent call last):
        ...
    ValueError: PT-8H0M0S
    """
    match = DURATION.match(text)
    if match is None or text in {"P", "PT"}:
        raise ValueError(text)
    years, months, days, hours, mins, seconds = (float(part or 0) for part in match.groups())
    total = ((years * 365 + months * 30 + days) * 24 + hours) * 60 + mins + seconds / 60
    if total > MOST_MINUTES:
        raise ValueError(text)
    return round(total)


def duration(total: int) -> str:
    """The way back.

    >>> duration(4800), duration(95)
    ('PT80H0M0S', 'PT1H35M0S')
    """
    hours, mins = divmod(total, 60)
    return f"PT{hours}H{mins}M0S"


def moment(text: str) -> datetime:
    """A moment as plans keep it: the wall clock, as UTC; whole minutes. ValueError when none.

    >>> moment("2026-11-23T08:00:00").isoformat()
    '2026-11-23T08:00:00+00:00'
    """
    found = datetime.fromisoformat(text).replace(tzinfo=UTC)
    if found.second >= 30:
        found += timedelta(minutes=1)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found.replace(second=0, microsecond=0)


def said(found: datetime) -> str:
    """The way back.

    >>> said(moment("2026-11-23T08:00:00"))
    '2026-11-23T08:00:00'
    """
    return found.strftime("%Y-%m-%dT%H:%M:%S")


def day(text: str) -> date:
    """The day of a moment."""
    return moment(text).date()


def time_of_day(text: str) -> int:
    """The minute of the day of "08:00:00"; midnight is 0, so an end has to be made 1440.

    >>> time_of_day("08:30:00"), time_of_day("00:00:00")
    (510, 0)
    """
    match = re.match(r"^(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", text)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        raise ValueError(text)
    return min(1440, int(match[1]) * 60 + int(match[2]))


def clock(minute: int) -> str:
    """The way back; the end of the day is midnight.

    >>> clock(510), clock(1440)
    ('08:30:00', '00:00:00')
    """
    hours, mins = divmod(minute % 1440, 60)
    return f"{hours:02}:{mins:02}:00"


def yes(text: str) -> bool:
    return text.lower() in {"1", "true"}


def whole(text: str, lowest: int = -(2**31), highest: int = 2**31 - 1) -> int:
    """A whole number in the bounds; ValueError when it is none."""
    try:
        number = Decimal(text)
        if not number.is_finite() or not lowest <= number <= highest:
            raise ValueError(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    return round(number)


def number(text: str) -> Decimal:
    """A number; ValueError for what is none or endless."""
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not found.is_finite() or abs(found) > 10**12:
        raise ValueError(text)
    return found
