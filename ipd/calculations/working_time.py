"""Working time: hours of the week, days that differ, and counting in them, forwards and backwards.

A moment is a whole number of minutes: the day's ordinal (`date.toordinal`) times 1440, plus the
minute of the day; wall-clock time of the site, without a zone. At the edges a datetime becomes a
moment by `minute_of` and comes back by `datetime_of`, always in UTC, which stands for that wall
clock: 08:00 in the plan is 08:00 UTC in the database and is shown without conversion.

The end of one stretch of work and the beginning of the next are the same amount of work apart as
nothing: work that is added ends at the earlier of the two, work that is taken back begins at the
later one. So eight hours from Friday 08:00 end on Friday at 17:00, and eight hours back from
there begin on Friday at 08:00.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

DAY = 1440
Stretch = tuple[int, int]
Hours = tuple[Stretch, ...]
Moment = int

FIRST_DAY = datetime(1900, 1, 1, tzinfo=UTC).toordinal()
LAST_DAY = datetime(2300, 1, 1, tzinfo=UTC).toordinal()
STANDARD: Hours = ((480, 720), (780, 1020))
STANDARD_WEEK: tuple[Hours, ...] = (STANDARD,) * 5 + ((), ())
BEFORE, AHEAD = 400, 1600  # days around the first moment that is asked for


class NoWorkingTime(ValueError):
    """The calendar has no working time left between the years 1900 and 2300."""


def minute_of(moment: datetime) -> Moment:
    """The moment of a datetime's wall clock.

    >>> minute_of(datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) % DAY
    480
    """
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


def datetime_of(minute: Moment) -> datetime:
    """The way back.

    >>> datetime_of(minute_of(datetime(2026, 11, 23, 8, 5, tzinfo=UTC))).isoformat()
    '2026-11-23T08:05:00+00:00'
    """
    day, rest = divmod(minute, DAY)
    return datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(minutes=rest)


def weekday(day: int) -> int:
    """Monday is 0; `day` is an ordinal."""
    return (day + 6) % 7


class WorkingTime:
    """Counts working minutes. `hours_on(day)` gives the stretches of work of an ordinal day.

    Sums over the days asked for so far are kept, so that a count is one search in a list.
    """

    def __init__(self, hours_on: Callable[[int], Hours]):
        self.hours_on = hours_on
        self._first = self._last = 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._done: list[int] = []
        self._total = 0

    @classmethod
    def of(
        cls,
        week: Sequence[Iterable[Sequence[int]]] = STANDARD_WEEK,
        exceptions: Mapping[int, Iterable[Sequence[int]]] | None = None,
        days_off: Callable[[int], frozenset[int]] | None = None,
    ) -> "WorkingTime":
        """From seven days' hours, Monday first, the days that differ, and public holidays.

        exceptions   hours by ordinal day; none at all: a day off
        days_off     the ordinals of a year's holidays; an exception overrules a holiday

        >>> plain = WorkingTime.of()
        >>> friday = minute_of(datetime(2026, 11, 27, 15, 0, tzinfo=UTC))
        >>> datetime_of(plain.add(friday, 240)).isoformat()
        '2026-11-30T10:00:00+00:00'
        """
        days = tuple(tidy(hours) for hours in week)
        others = {day: tidy(hours) for day, hours in (exceptions or {}).items()}
        if not any(days) and not any(others.values()):
            raise NoWorkingTime
        holidays: dict[int, frozenset[int]] = {}

        def hours_on(day: int) -> Hours:
            hours = others.get(day)
            if hours is None:
                hours = days[weekday(day)]
                if hours and days_off is not None:
                    year = datetime.fromordinal(day).year
                    if year not in holidays:
                        holidays[year] = days_off(year)
                    if day in holidays[year]:
                        hours = ()
            return hours

        return cls(hours_on)

    def both(self, other: "WorkingTime") -> "WorkingTime":
        """The time that is working time here and there."""
        return WorkingTime(lambda day: overlap(self.hours_on(day), other.hours_on(day)))

    # Counting -------------------------------------------------------------------------------

    def add(self, moment: Moment, minutes: int) -> Moment:
        """The moment `minutes` of work later, or earlier when negative; itself for none."""
        if not minutes:
            return moment
        target = self._worked(moment) + minutes
        while not 0 <= target <= self._total:
            self._grow(target < 0)
            target = self._worked(moment) + minutes
        done = self._done
        place = (bisect_left(done, target) if minutes > 0 else bisect_right(done, target)) - 1
        if place == len(done) - 1 and minutes < 0 and target == self._total:
            self._grow(backwards=False)  # the next stretch begins beyond what is known
            return self.add(moment, minutes)
        return self._starts[place] + target - done[place]

    def between(self, first: Moment, last: Moment) -> int:
        """Working minutes from `first` to `last`; negative when `last` is earlier."""
        self._cover(first)
        self._cover(last)
        return self._worked(last) - self._worked(first)

    def next(self, moment: Moment) -> Moment:
        """The first moment from which on work is done: itself while work is going on."""
        self._cover(moment)
        place = bisect_right(self._starts, moment) - 1
        if place >= 0 and moment < self._ends[place]:
            return moment
        while place + 1 >= len(self._starts):
            self._grow(backwards=False)
            place = bisect_right(self._starts, moment) - 1
        return self._starts[place + 1]

    def previous(self, moment: Moment) -> Moment:
        """The last moment up to which work was done: itself while work is going on."""
        self._cover(moment)
        place = bisect_left(self._starts, moment) - 1
        while place < 0:
            self._grow(backwards=True)
            place = bisect_left(self._starts, moment) - 1
        return min(moment, self._ends[place])

    def first_on(self, day: date) -> Moment:
        """The first moment of work on the day, or on the next one that has any."""
        return self.next(day.toordinal() * DAY)

    def last_on(self, day: date) -> Moment:
        """Where the day's work has ended, or that of the last day before it that had any."""
        return self.previous((day.toordinal() + 1) * DAY)

    # What is known --------------------------------------------------------------------------

    def _worked(self, moment: Moment) -> int:
        """Minutes worked before the moment since the first known day."""
        if not self._first * DAY <= moment <= self._last * DAY:
            self._cover(moment)
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return 0
        return self._done[place] + min(moment, self._ends[place]) - self._starts[place]

    def _cover(self, moment: Moment) -> None:
        day = moment // DAY
        if not FIRST_DAY <= day < LAST_DAY:
            raise NoWorkingTime
        if not self._last:
            self._know(day - BEFORE, day + AHEAD)
        elif day < self._first:
            self._know(day - BEFORE, self._last)
        elif day >= self._last:
            self._know(self._first, day + AHEAD)

    def _grow(self, backwards: bool) -> None:
        """Twice as many days are known; refused at the end of all days."""
        days = self._last - self._first
        if (backwards and self._first <= FIRST_DAY) or (not backwards and self._last >= LAST_DAY):
            raise NoWorkingTime
        if backwards:
            self._know(self._first - days, self._last)
        else:
            self._know(self._first, self._last + days)

    def _know(self, first: int, last: int) -> None:
        self._first, self._last = max(first, FIRST_DAY), min(last, LAST_DAY)
        starts, ends, done, total = [], [], [], 0
        hours_on = self.hours_on
        for day in range(self._first, self._last):
            for start, end in hours_on(day):
                starts.append(day * DAY + start)
                ends.append(day * DAY + end)
                done.append(total)
                total += end - start
        self._starts, self._ends, self._done, self._total = starts, ends, done, total
        if not starts and self._first <= FIRST_DAY and self._last >= LAST_DAY:
            raise NoWorkingTime


def tidy(hours: Iterable[Sequence[int]]) -> Hours:
    """Stretches in order, those that touch or overlap joined, empty ones left out.

    >>> tidy([(780, 1020), (480, 720), (700, 780), (1100, 1100)])
    ((480, 1020),)
    """
    joined: list[Stretch] = []
    for start, end in sorted((int(a), int(b)) for a, b in hours):
        if not 0 <= start <= end <= DAY:
            raise ValueError((start, end))
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def overlap(one: Hours, other: Hours) -> Hours:
    """The stretches that lie in both.

    >>> overlap(((480, 720), (780, 1020)), ((600, 840),))
    ((600, 720), (780, 840))
    """
    return tuple((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d))


ROUND_THE_CLOCK = WorkingTime(lambda day: ((0, DAY),))
