"""What a network is made of: tasks, what waits for what, and the rules they are scheduled by.

Durations are working minutes of the task's own clock, moments as in `working_time`.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

from ipd.calculations.working_time import DAY, ROUND_THE_CLOCK, Moment, WorkingTime

HARD = frozenset({"mso", "mfo", "snlt", "fnlt"})  # may pull a task before what it waits for


@dataclass(slots=True, kw_only=True)
class Task:
    """An activity, milestone or summary.

    clock        counts its duration: its calendar, or its resources'; by the clock: elapsed
    constraint   asap, alap, snet, snlt, fnet, fnlt, mso, mfo, with its moment
    not_before   a meeting it cannot precede (a gate's), beside the constraint
    done         minutes of the duration that are done; the rest goes on at `resume`, or at once
    is_fixed     keeps `start` and `finish` whatever it waits for (scheduled by hand)
    counts       off: inactive, or another project's; not part of its summary nor of the finish
    delay        minutes of the clock that levelling puts it off
    pause        working minutes in which its work rests
    shares       (clock, minutes) of each resource, where their calendars differ: it is done when
                 the last of them is
    """

    key: Hashable
    minutes: int = 0
    clock: WorkingTime
    parent: Hashable | None = None
    is_summary: bool = False
    constraint: str = "asap"
    constraint_at: Moment | None = None
    deadline: Moment | None = None
    not_before: Moment | None = None
    actual_start: Moment | None = None
    actual_finish: Moment | None = None
    done: int = 0
    resume: Moment | None = None
    is_fixed: bool = False
    counts: bool = True
    start: Moment | None = None
    finish: Moment | None = None
    delay: int = 0
    pause: int = 0
    shares: tuple[tuple[WorkingTime, int], ...] = ()

    def finish_from(self, start: Moment) -> Moment:
        """Where the whole duration ends that begins at `start`."""
        if self.shares:
            return max(clock.add(start, minutes) for clock, minutes in self.shares)
        return self.clock.add(start, self.minutes + self.pause)

    def start_from(self, finish: Moment) -> Moment:
        """Where it has to begin to end at `finish`."""
        if self.shares:
            return min(clock.add(finish, -minutes) for clock, minutes in self.shares)
        return self.clock.add(finish, -self.minutes - self.pause)

    def rest_from(self, finish: Moment) -> Moment:
        """Where what is not done yet has to begin to end at `finish`."""
        if not self.done:
            return self.start_from(finish)
        return self.clock.add(finish, -max(0, self.minutes - self.done))

    def first_work(self, moment: Moment) -> Moment:
        """The first moment its work can begin; a milestone may stand at the end of a day's work."""
        if not self.minutes and not self.shares:
            if self.clock.previous(moment) == moment:
                return moment
            return self.clock.next(moment)
        if self.shares:
            return min(clock.next(moment) for clock, _minutes in self.shares)
        return self.clock.next(moment)


@dataclass(slots=True)
class Wait:
    """The successor waits for the predecessor: fs, ss, ff or sf, with a lag (or lead).

    unit   of the lag: "working" minutes of the successor's clock, "elapsed" ones, or "percent"
           of the predecessor's duration
    """

    predecessor: Hashable
    successor: Hashable
    kind: str = "fs"
    lag: int = 0
    unit: str = "working"

    def later(self, moment: Moment, minutes: int, clock: WorkingTime, sign: int = 1) -> Moment:
        """The moment with the lag added, or taken off; `minutes` are the predecessor's."""
        if not self.lag:
            return moment
        lag = self.lag
        if self.unit == "percent":
            lag = round(minutes * lag / 100)
        return (ROUND_THE_CLOCK if self.unit == "elapsed" else clock).add(moment, sign * lag)


@dataclass(slots=True, kw_only=True)
class Rules:
    """How a network is scheduled.

    moment           the project's start; its finish where `from_finish`
    status           the moment up to which is reported; open work then starts after it
    keeps_dates      dated constraints hold even against links
    critical_float   up to this many minutes of float a task is critical
    """

    moment: Moment
    from_finish: bool = False
    status: Moment | None = None
    keeps_dates: bool = True
    critical_float: int = 0


@dataclass(slots=True)
class Dates:
    """What was computed for a task; None where there is nothing to compute from."""

    start: Moment | None = None
    finish: Moment | None = None
    early_start: Moment | None = None
    early_finish: Moment | None = None
    late_start: Moment | None = None
    late_finish: Moment | None = None
    total_float: int | None = None
    free_float: int | None = None
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the network cannot be scheduled.

    what   cycle: `keys` in the order in which each waits for the one before, the first again at
           the end · missing: the link's predecessor and successor, one of which is not there ·
           itself: a task that waits for itself · no time: tasks whose calendar has no working
           time left
    """

    what: str
    keys: tuple[Hashable, ...]


@dataclass(slots=True)
class Schedule:
    """The dates of each task by its key; none when there are problems."""

    dates: dict[Hashable, Dates] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    start: Moment | None = None
    finish: Moment | None = None

    @property
    def critical(self) -> list[Hashable]:
        """The keys of what has no float to lose, by start."""
        found = [(dates.start, str(key), key) for key, dates in self.dates.items()]
        return [
            key
            for *_order, key in sorted(found, key=lambda row: row[:2])
            if self.dates[key].is_critical
        ]


def end_of(day: int) -> Moment:
    """The first moment after an ordinal day."""
    return (day + 1) * DAY
