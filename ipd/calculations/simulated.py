"""What is simulated: a network with its estimates and risks, and the same as plain data.

The plain form is kept with each simulation, so that it can be run again, or with one thing
changed, when the plan has long moved on.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ipd.calculations.network import Rules, Schedule, Task, Wait, schedule
from ipd.calculations.spread import Estimate
from ipd.calculations.working_time import (
    DAY,
    ROUND_THE_CLOCK,
    STANDARD,
    Moment,
    WorkingTime,
    weekday,
)

CLOCKS = {"clock", "shares", "key", "parent"}
BEFORE, BEHIND = 60, 30  # days kept around the network's first and last possible moment


@dataclass(frozen=True)
class Hazard:
    """A risk: with `probability`, durations are multiplied by a triangle of three factors.

    factors   {activity: (low, likely, high)}
    """

    code: str
    title: str
    probability: float
    factors: dict[str, tuple[float, float, float]]


@dataclass
class Simulated:
    """A network whose tasks have codes for keys.

    estimates   of what is left to do, in minutes; a task without one lasts as long as it says
    clock       counts the whole, `minutes_per_day` make a working day of it
    """

    tasks: list[Task]
    waits: list[Wait]
    rules: Rules
    clock: WorkingTime
    estimates: dict[str, Estimate]
    minutes_per_day: int = 480
    names: dict[str, str] = field(default_factory=dict)
    hazards: list[Hazard] = field(default_factory=list)

    def planned(self, minutes: dict[str, int] | None = None) -> Schedule:
        """The one schedule with the likely durations, or with the minutes given."""
        known = minutes or {}
        tasks = [
            lasting(task, known[task.key]) if task.key in known else task for task in self.tasks
        ]
        return schedule(tasks, self.waits, self.rules)

    def longest(self) -> dict[str, int]:
        """The most each task can take, all its risks having happened."""
        most = {}
        for key, estimate in self.estimates.items():
            factor = 1.0
            for hazard in self.hazards:
                factor *= max(1.0, hazard.factors.get(key, (1, 1, 1))[2])
            most[key] = round(estimate.high * factor) + 1
        return self.whole(most)

    def means(self) -> dict[str, int]:
        """The mean of each estimate, without risks."""
        rest = {key: round(estimate.mean) for key, estimate in self.estimates.items()}
        return self.whole(rest)

    def whole(self, rest: dict[str, int]) -> dict[str, int]:
        """Durations from what is left of them: what is done is added."""
        done = {task.key: task.done for task in self.tasks}
        return {key: done[key] + minutes for key, minutes in rest.items()}

    @property
    def first_work(self) -> Moment:
        """Where the remaining work may begin: after the day of status, or at the start."""
        return max(self.rules.moment, self.rules.status or self.rules.moment)


def lasting(task: Task, minutes: int) -> Task:
    """The task with another duration, its resources' parts in proportion."""
    shares = tuple(
        (clock, max(1, round(part * minutes / task.minutes))) for clock, part in task.shares
    )
    return replace(task, minutes=minutes, shares=shares)


def softened(tasks: Iterable[Task], waits: list[Wait], rules: Rules) -> tuple[list[Task], Rules]:
    """As a simulation takes them: from the start, as soon as possible, dates only "not before".

    A plan counted back from its finish is counted forward from the start that this gives.
    """
    tasks = list(tasks)
    if rules.from_finish:
        found = schedule(tasks, waits, rules)
        rules = replace(rules, moment=found.start or rules.moment, from_finish=False)
    tasks = [replace(t, constraint="asap") if t.constraint == "alap" else t for t in tasks]
    return tasks, replace(rules, keeps_dates=False)


# Plain data and back ----------------------------------------------------------------------------


def plain(network: Simulated) -> dict[str, Any]:
    """All of it as lists, texts and numbers."""
    clocks: list[WorkingTime] = []

    def number(clock: WorkingTime) -> int:
        if clock not in clocks:
            clocks.append(clock)
        return clocks.index(clock)

    nothing = Task(key="", clock=network.clock)
    tasks = [
        {
            name: value
            for name, value in ((n, getattr(task, n)) for n in Task.__dataclass_fields__)
            if name not in CLOCKS and value != getattr(nothing, name)
        }
        | {"key": task.key, "clock": number(task.clock)}
        | ({"parent": task.parent} if task.parent is not None else {})
        | ({"shares": [[number(c), m] for c, m in task.shares]} if task.shares else {})
        for task in network.tasks
    ]
    clock = number(network.clock)
    first, last = span(network)
    return {
        "tasks": tasks,
        "waits": [[w.predecessor, w.successor, w.kind, w.lag, w.unit] for w in network.waits],
        "rules": asdict(network.rules),
        "clock": clock,
        "clocks": [_plain_clock(one, first, last) for one in clocks],
        "minutes_per_day": network.minutes_per_day,
        "names": network.names,
        "estimates": {key: list(asdict(one).values()) for key, one in network.estimates.items()},
        "hazards": [asdict(hazard) for hazard in network.hazards],
    }


def read(kept: dict[str, Any]) -> Simulated:
    """The way back from plain data."""
    clocks = [_clock(one) for one in kept["clocks"]]
    tasks = []
    for row in kept["tasks"]:
        shares = tuple((clocks[place], minutes) for place, minutes in row.get("shares", ()))
        tasks.append(Task(**row | {"clock": clocks[row["clock"]], "shares": shares}))
    hazards = [
        Hazard(**row | {"factors": {key: tuple(three) for key, three in row["factors"].items()}})
        for row in kept["hazards"]
    ]
    return Simulated(
        tasks=tasks,
        waits=[Wait(*row) for row in kept["waits"]],
        rules=Rules(**kept["rules"]),
        clock=clocks[kept["clock"]],
        estimates={key: Estimate(*row) for key, row in kept["estimates"].items()},
        minutes_per_day=kept["minutes_per_day"],
        names=kept["names"],
        hazards=hazards,
    )


def span(network: Simulated) -> tuple[int, int]:
    """The first and the last ordinal day that any run of the network may touch.

    The last is that of the plan in which everything takes as long as it can.
    """
    moments = [network.rules.moment, network.rules.status or network.rules.moment]
    for task in network.tasks:
        dated = (task.actual_start, task.start, task.constraint_at)
        moments += [moment for moment in dated if moment is not None]
    longest = network.longest()
    counted_back = {"ff", "sf"} & {w.kind for w in network.waits} or any(
        task.constraint in {"fnet", "mfo"} for task in network.tasks
    )
    room = max(longest.values(), default=0) * 3 // 480 if counted_back else 0
    leads = sum(-wait.lag for wait in network.waits if wait.lag < 0 and wait.unit != "percent")
    last = network.planned(longest).finish or network.rules.moment
    behind = max([last, *moments]) // DAY + BEHIND
    return min(moments) // DAY - BEFORE - room - min(leads // 480 * 2, 2000), behind


def _plain_clock(clock: WorkingTime, first: int, last: int) -> dict[str, Any] | None:
    """The usual hours of each weekday, and the days that differ from them; None: all hours."""
    if clock is ROUND_THE_CLOCK:
        return None
    hours = {day: clock.hours_on(day) for day in range(first, last)}
    week = []
    for place in range(7):
        usual = Counter(found for day, found in hours.items() if weekday(day) == place)
        week.append(usual.most_common(1)[0][0] if usual else STANDARD)
    return {
        "week": week,
        "days": {str(day): found for day, found in hours.items() if found != week[weekday(day)]},
    }


def _clock(kept: dict[str, Any] | None) -> WorkingTime:
    if kept is None:
        return ROUND_THE_CLOCK
    return WorkingTime.of(kept["week"], {int(day): hours for day, hours in kept["days"].items()})
