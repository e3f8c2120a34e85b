"""Many runs through one network at once: the forward pass of `passes` over arrays.

The rules are those of `network`, for a plan scheduled from its start whose dated constraints
only mean "not before": a simulation that keeps a date by force would hide that it is late.
`minutes` of each task is a number, or an array with one duration for each run.

What decides the finish is followed back: from the last tasks to those whose end or start let
them begin when they did. On one calendar this is where late finish = early finish; across
calendars waiting for the next working hour is no float.
"""

import numpy as np

from ipd.calculations.graph import Graph
from ipd.calculations.tasks import Rules, Task, Wait
from ipd.calculations.ticks import Moments, Ticks
from ipd.calculations.working_time import Moment, WorkingTime

NOTHING = np.int32(0)


class Runs:
    """Early starts and finishes by the tasks' places in the graph, in minutes since `origin`."""

    def __init__(self, graph: Graph, rules: Rules, ticks: dict[WorkingTime, Ticks], origin: Moment):
        self.graph, self.rules, self.ticks, self.origin = graph, rules, ticks, origin
        count = len(graph.tasks)
        self.start: list[Moments] = [0] * count
        self.finish: list[Moments] = [0] * count
        self.minutes: list[Moments] = [0] * count
        self.last: Moments = 0
        # What each task waited for, and the moment its links alone would let it begin.
        self._drivers: list[list[tuple[int, Wait, Moments]]] = [[] for _task in graph.tasks]
        self._begun: list[Moments] = [0] * count

    def _at(self, moment: Moment | None) -> int | None:
        return None if moment is None else moment - self.origin

    # Forward --------------------------------------------------------------------------------

    def forward(self, minutes: dict[int, np.ndarray]) -> Moments:
        """The finish of each run. `minutes` by place; the others last as long as they say."""
        graph = self.graph
        for number, task in enumerate(graph.tasks):
            self.minutes[number] = minutes.get(number, task.minutes)
        last: Moments = NOTHING
        for number in graph.order:
            if graph.is_summary[number]:
                self._roll_up(number)
                continue
            self._early(number, graph.tasks[number])
            if graph.tasks[number].counts:
                last = np.maximum(last, self.finish[number])
        self.last = last
        return last

    def _roll_up(self, number: int) -> None:
        graph, task = self.graph, self.graph.tasks[number]
        inside = [child for child in graph.children[number] if graph.tasks[child].counts]
        if task.is_fixed and task.start is not None and task.finish is not None:
            self.start[number], self.finish[number] = self._at(task.start), self._at(task.finish)
        elif inside:
            self.start[number] = _least([self.start[child] for child in inside])
            self.finish[number] = _most([self.finish[child] for child in inside])

    def _early(self, number: int, task: Task) -> None:
        minutes, clock = self.minutes[number], self.ticks[task.clock]
        self._drivers[number] = []
        if task.is_fixed or not task.counts:
            first = self._at(self.rules.moment if task.start is None else task.start)
            start = clock.next(first) if task.start is None else first
            finish = self._at(task.finish)
            finish = self._finish_from(number, task, start) if finish is None else finish
        elif task.actual_start is not None:
            start, finish = self._at(task.actual_start), self._under_way(number, task, minutes)
        else:
            start = self._first_start(number, task)
            finish = self._finish_from(number, task, start)
        self.start[number], self.finish[number] = start, finish

    def _finish_from(self, number: int, task: Task, start: Moments) -> Moments:
        minutes = self.minutes[number]
        if task.shares:
            return _most(
                [
                    self.ticks[clock].add(start, _share(minutes, part, task.minutes))
                    for clock, part in task.shares
                ]
            )
        return self.ticks[task.clock].add(start, minutes + task.pause)

    def _start_from(self, number: int, task: Task, finish: Moments) -> Moments:
        minutes = self.minutes[number]
        if task.shares:
            return _least(
                [
                    self.ticks[clock].add(finish, -_share(minutes, part, task.minutes))
                    for clock, part in task.shares
                ]
            )
        return self.ticks[task.clock].add(finish, -minutes - task.pause)

    def _rest_from(self, number: int, task: Task, finish: Moments) -> Moments:
        if not task.done:
            return self._start_from(number, task, finish)
        rest = np.maximum(self.minutes[number] - task.done, 0)
        return self.ticks[task.clock].add(finish, -rest)

    def _under_way(self, number: int, task: Task, minutes: Moments) -> Moments:
        if task.actual_finish is not None:
            return self._at(task.actual_finish)
        clock, begun = self.ticks[task.clock], self._at(task.actual_start)
        if task.resume is None and self.rules.status is None:
            finish = self._finish_from(number, task, begun)
        else:
            rest = np.maximum(minutes + task.pause - task.done, 0)
            stop = clock.add(begun, task.done)
            later = [at for at in (task.resume, self.rules.status) if at is not None]
            resume = max(int(stop), *(self._at(at) for at in later))
            going_on = clock.add(clock.next(resume), rest)
            finish = np.where(rest == 0, stop, going_on)
        if task.constraint == "fnet" and task.constraint_at is not None:
            finish = np.maximum(finish, self._at(task.constraint_at))
        return finish

    def _first_start(self, number: int, task: Task) -> Moments:
        moment = self._at(self.rules.moment)
        drivers = self._drivers[number] = [
            (first, wait, self._driven(number, first, wait, task, moment))
            for first, wait in self.graph.into(number)
        ]
        kind, at = task.constraint, self._at(task.constraint_at)
        if drivers:
            start = _most([driven for _first, _wait, driven in drivers])
        elif kind == "snet" and at is not None:
            start = at
        elif kind == "fnet" and at is not None:
            start = self._start_from(number, task, at)
        else:
            start = moment
        for parent in self.graph.above[number]:
            above = self.graph.tasks[parent]
            if above.constraint == "snet" and above.constraint_at is not None:
                start = np.maximum(start, self._at(above.constraint_at))
        for least in (self.rules.status, task.not_before):
            if least is not None:
                start = np.maximum(start, self._at(least))
        start = self._first_work(number, task, start)
        if at is not None and kind in {"snet", "mso", "fnet", "mfo"}:
            soonest = at if kind in {"snet", "mso"} else self._start_from(number, task, at)
            start = self._first_work(number, task, np.maximum(start, soonest))
        self._begun[number] = start
        if task.delay:
            start = self._first_work(number, task, start + task.delay)
        return start

    def _first_work(self, number: int, task: Task, moments: Moments) -> Moments:
        clock = self.ticks[task.clock]
        if task.shares:
            return _least([self.ticks[one].next(moments) for one, _minutes in task.shares])
        if task.minutes:
            return clock.next(moments)
        return np.where(clock.previous(moments) == moments, moments, clock.next(moments))

    def _driven(self, number: int, first: int, wait: Wait, task: Task, moment: int) -> Moments:
        """The earliest start that this link allows."""
        begins, ends = self.start[first], self.finish[first]
        if wait.kind == "fs":
            return self._later(first, wait, task, ends)
        if wait.kind == "ss":
            return self._later(first, wait, task, begins)
        if wait.kind == "ff":
            start = self._later(first, wait, task, self._rest_from(number, task, ends))
            return np.maximum(start, moment)
        return self._later(first, wait, task, self._start_from(number, task, begins))

    def _later(self, first: int, wait: Wait, task: Task, moments: Moments) -> Moments:
        lag: Moments = wait.lag
        if not lag:
            return moments
        if wait.unit == "percent":
            lag = np.rint(self._minutes_of(first) * lag / 100).astype(np.int32)
        if wait.unit == "elapsed":
            return moments + lag
        return self.ticks[task.clock].add(moments, lag)

    def _minutes_of(self, number: int) -> Moments:
        if not self.graph.is_summary[number]:
            return self.minutes[number]
        clock = self.ticks[self.graph.tasks[number].clock]
        return clock.count(self.finish[number]) - clock.count(self.start[number])

    # Back along what decided ----------------------------------------------------------------

    def critical(self) -> list[np.ndarray]:
        """Of each task, in which runs it lay on the path that decided the finish."""
        graph, shape = self.graph, np.shape(self.last)
        found = [np.zeros(shape, dtype=bool) for _task in graph.tasks]
        by_start = {n: np.zeros(shape, dtype=bool) for n, s in enumerate(graph.is_summary) if s}
        for number in reversed(graph.order):
            task = graph.tasks[number]
            if graph.is_summary[number]:
                self._hand_down(number, found, by_start)
                continue
            if task.counts:
                found[number] |= self.finish[number] == self.last
            clock, begun = self.ticks[task.clock], self._begun[number]
            for first, wait, driven in self._drivers[number]:
                decides = found[number] & (clock.count(driven) >= clock.count(begun))
                if first in by_start and wait.kind in {"ss", "sf"}:
                    by_start[first] |= decides
                else:
                    found[first] |= decides
        return found

    def _hand_down(self, number: int, found: list[np.ndarray], by_start) -> None:
        """What waited for a summary waited for whatever in it came last, or first."""
        for child in self.graph.children[number]:
            if not self.graph.tasks[child].counts:
                continue
            last = found[number] & (self.finish[child] == self.finish[number])
            first = by_start[number] & (self.start[child] == self.start[number])
            found[child] |= last
            if child in by_start:
                by_start[child] |= first
            else:
                found[child] |= first


def _most(arrays: list[Moments]) -> Moments:
    found = arrays[0]
    for one in arrays[1:]:
        found = np.maximum(found, one)
    return found


def _least(arrays: list[Moments]) -> Moments:
    found = arrays[0]
    for one in arrays[1:]:
        found = np.minimum(found, one)
    return found


def _share(minutes: Moments, part: int, whole: int) -> Moments:
    """A resource's part of the work grows and shrinks with the whole."""
    if np.ndim(minutes) == 0 and minutes == whole:
        return part
    return np.maximum(np.rint(minutes * (part / whole)), 1).astype(np.int32) if whole else part
