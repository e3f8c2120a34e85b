"""Working time by look-up: one calendar's minutes as tables over a stretch of time.

`WorkingTime` counts by searching; ten thousand runs of every activity look up instead. Moments
are minutes since `origin`. The rules are those of `WorkingTime`: work that is added ends at the
earlier of two equal moments, work that is taken back begins at the later one.

>>> from ipd.calculations.working_time import WorkingTime, minute_of
>>> from datetime import UTC, datetime
>>> friday = minute_of(datetime(2026, 11, 27, 0, 0, tzinfo=UTC))
>>> ticks = Ticks(WorkingTime.of(), friday, friday + 7 * 1440)
>>> [int(ticks.add(480, minutes)) for minutes in (480, 481)]  # 17:00, and Monday 08:01
[1020, 4801]
"""

import numpy as np

from ipd.calculations.working_time import DAY, Moment, WorkingTime

Moments = int | np.ndarray


class Ticks:
    """A calendar from `origin` to `last`, both at midnight."""

    def __init__(self, clock: WorkingTime, origin: Moment, last: Moment):
        is_work = np.zeros(last - origin, dtype=bool)
        for day in range(origin // DAY, last // DAY):
            for start, end in clock.hours_on(day):
                is_work[day * DAY + start - origin : day * DAY + end - origin] = True
        worked = np.flatnonzero(is_work).astype(np.int32)
        nothing = np.zeros(1, dtype=np.int32)
        self.worked = np.concatenate([nothing, np.cumsum(is_work, dtype=np.int32)])
        self._ends = np.concatenate([nothing, worked + np.int32(1)])
        self._begins = np.concatenate([worked, np.array([last - origin], dtype=np.int32)])

    def count(self, moments: Moments) -> np.ndarray:
        """Minutes worked before the moments."""
        return self.worked.take(moments, mode="clip")

    def add(self, moments: Moments, minutes: Moments) -> Moments:
        """So much work later; itself for none. All minutes are of one sign, or zero."""
        if np.ndim(minutes) == 0:
            if not minutes:
                return moments
            table = self._ends if minutes > 0 else self._begins
            return table.take(self.count(moments) + minutes, mode="clip")
        least = minutes.min()
        if least >= 0:
            moved = self._ends.take(self.count(moments) + minutes, mode="clip")
            return moved if least > 0 else np.where(minutes == 0, moments, moved)
        moved = self._begins.take(self.count(moments) + minutes, mode="clip")
        return moved if minutes.max() < 0 else np.where(minutes == 0, moments, moved)

    def next(self, moments: Moments) -> np.ndarray:
        """The first moment from which on work is done."""
        return self._begins.take(self.count(moments), mode="clip")

    def previous(self, moments: Moments) -> np.ndarray:
        """The last moment up to which work was done."""
        return self._ends.take(self.count(moments), mode="clip")
