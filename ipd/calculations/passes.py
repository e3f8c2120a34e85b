"""The two passes through a network: how early each task can be, and how late it may be."""

from ipd.calculations.graph import Graph
from ipd.calculations.tasks import HARD, Rules, Task, Wait
from ipd.calculations.working_time import Moment, WorkingTime


class Passes:
    """Early and late moments by the tasks' places in the graph; None: nothing is known."""

    def __init__(self, graph: Graph, rules: Rules):
        nothing = [None] * len(graph.tasks)
        self.graph, self.rules = graph, rules
        self.early_start: list[Moment | None] = nothing.copy()
        self.early_finish: list[Moment | None] = nothing.copy()
        self.late_start: list[Moment | None] = nothing.copy()
        self.late_finish: list[Moment | None] = nothing.copy()
        self.late_rest: list[Moment | None] = nothing.copy()  # where the open work has to begin
        self.at: int | None = None  # the task in hand, to be named when its calendar ends

    # Early ----------------------------------------------------------------------------------

    def forward(self, moment: Moment) -> None:
        """Early dates from the project's start; tasks as late as possible drive by late ones."""
        graph = self.graph
        for number in graph.order:
            self.at = number
            if graph.is_summary[number]:
                self._roll_up(number)
            else:
                self._early(number, graph.tasks[number], moment)

    def _roll_up(self, number: int) -> None:
        graph, task = self.graph, self.graph.tasks[number]
        if task.is_fixed and task.start is not None and task.finish is not None:
            self.early_start[number], self.early_finish[number] = task.start, task.finish
            return
        inside = [child for child in graph.children[number] if graph.tasks[child].counts]
        starts = [self.early_start[child] for child in inside]
        finishes = [self.early_finish[child] for child in inside]
        self.early_start[number] = min((s for s in starts if s is not None), default=None)
        self.early_finish[number] = max((f for f in finishes if f is not None), default=None)

    def _early(self, number: int, task: Task, moment: Moment) -> None:
        if task.is_fixed or not task.counts:
            start = task.clock.next(moment) if task.start is None else task.start
            finish = task.finish_from(start) if task.finish is None else task.finish
        elif task.actual_start is not None:
            start, finish = task.actual_start, self._under_way(task)
        else:
            start = self._first_start(number, task, moment)
            exact = task.constraint == "mfo" and self.rules.keeps_dates
            finish = task.constraint_at if exact else task.finish_from(start)
        self.early_start[number], self.early_finish[number] = start, finish

    def _under_way(self, task: Task) -> Moment:
        """The finish of what has begun: its rest goes on where it stopped, or is resumed."""
        if task.actual_finish is not None:
            return task.actual_finish
        if task.resume is None and self.rules.status is None:
            finish = task.finish_from(task.actual_start)
        else:
            rest = task.minutes + task.pause - task.done
            stop = task.clock.add(task.actual_start, task.done)
            if rest <= 0:
                return stop
            resume = max(stop, task.resume or stop, self.rules.status or stop)
            finish = task.clock.add(task.clock.next(resume), rest)
        if task.constraint == "fnet" and task.constraint_at is not None:
            finish = max(finish, task.constraint_at)
        return finish

    def _first_start(self, number: int, task: Task, moment: Moment) -> Moment:
        drivers = [
            driven
            for first, wait in self.graph.into(number)
            if (driven := self._driven(first, wait, task, moment)) is not None
        ]
        kind, at = task.constraint, task.constraint_at
        if drivers:
            start = max(drivers)
        elif kind == "snet" and at is not None:
            start = at
        elif kind == "fnet" and at is not None:
            start = task.start_from(at)
        else:
            start = moment
        for parent in self.graph.above[number]:
            above = self.graph.tasks[parent]
            if above.constraint == "snet" and above.constraint_at is not None:
                start = max(start, above.constraint_at)
        if self.rules.status is not None:
            start = max(start, self.rules.status)
        if task.not_before is not None:
            start = max(start, task.not_before)
        start = task.first_work(start)
        if at is not None and kind != "asap":
            start = task.first_work(self._constrained(task, kind, at, start))
        if task.delay:
            start = task.first_work(start + task.delay)
        return start

    def _constrained(self, task: Task, kind: str, at: Moment, start: Moment) -> Moment:
        if kind == "snet":
            return max(start, at)
        if kind == "fnet":
            return max(start, task.start_from(at))
        if not self.rules.keeps_dates and kind in HARD:
            soft = {"mso": at, "mfo": task.start_from(at)}
            return max(start, soft.get(kind, start))
        if kind == "mso":
            return at
        if kind == "mfo":
            return task.start_from(at)
        if kind == "snlt":
            return min(start, at)
        return min(start, task.start_from(at)) if kind == "fnlt" else start

    def _driven(self, first: int, wait: Wait, task: Task, moment: Moment) -> Moment | None:
        """The earliest start that this link allows."""
        late = self.graph.tasks[first].constraint == "alap" and self.late_start[first] is not None
        if late and self.graph.tasks[first].actual_start is None:
            begins, ends = self.late_start[first], self.late_finish[first]
        else:
            begins, ends = self.early_start[first], self.early_finish[first]
        if begins is None or ends is None:
            return None
        minutes = self.minutes_of(first, begins, ends) if wait.unit == "percent" else 0
        if wait.kind == "fs":
            return wait.later(ends, minutes, task.clock)
        if wait.kind == "ss":
            return wait.later(begins, minutes, task.clock)
        if wait.kind == "ff":
            start = wait.later(task.rest_from(ends), minutes, task.clock)
            return start if self.rules.from_finish else max(start, moment)
        return wait.later(task.start_from(begins), minutes, task.clock)

    def minutes_of(self, number: int, begins: Moment, ends: Moment) -> int:
        """The task's duration; a summary's is the working time from its start to its finish."""
        task = self.graph.tasks[number]
        return task.clock.between(begins, ends) if self.graph.is_summary[number] else task.minutes

    # Late -----------------------------------------------------------------------------------

    def backward(self, finish: Moment) -> None:
        """Late dates from the project's finish; of a summary, the earliest of what is in it."""
        graph = self.graph
        least = [None] * len(graph.tasks), [None] * len(graph.tasks)
        earliest = self._earliest_inside()
        for number in reversed(graph.order):
            self.at = number
            if graph.is_summary[number]:
                continue
            task = graph.tasks[number]
            self._late(number, task, finish, least, earliest)
            for parent in graph.above[number] if task.counts else ():
                for places, moment in zip(
                    least, (self.late_rest[number], self.late_finish[number]), strict=True
                ):
                    known = places[parent]
                    places[parent] = moment if known is None else min(known, moment)
        for number in graph.order:
            if graph.is_summary[number]:
                inside = [child for child in graph.children[number] if graph.tasks[child].counts]
                starts = [self.late_start[child] for child in inside]
                finishes = [self.late_finish[child] for child in inside]
                self.late_start[number] = min((s for s in starts if s is not None), default=None)
                self.late_finish[number] = max((f for f in finishes if f is not None), default=None)

    def _earliest_inside(self) -> dict[int, int]:
        """Of each summary, the leaf that begins first: links from its start are that leaf's."""
        graph, found = self.graph, {}
        for number in graph.order:
            start = self.early_start[number]
            if graph.is_summary[number] or not graph.tasks[number].counts or start is None:
                continue
            for parent in graph.above[number]:
                if parent not in found or start < self.early_start[found[parent]]:
                    found[parent] = number
        return found

    def _late(self, number: int, task: Task, finish: Moment, least, earliest) -> None:
        if task.actual_finish is not None:
            self.late_finish[number] = self.late_rest[number] = task.actual_finish
            self.late_start[number] = task.actual_start
            return
        latest = finish
        for then, wait in self._out(number, earliest):
            allowed = self._allowed(number, task, then, wait, least)
            if allowed is not None:
                latest = min(latest, allowed)
        latest = self._at_the_latest(number, task, latest)
        before = task.clock.previous(latest)
        if before < latest and not task.clock.between(before, latest):
            latest = before
        self.late_finish[number] = latest
        self.late_rest[number] = task.rest_from(latest)
        begun = task.actual_start
        self.late_start[number] = self.late_rest[number] if begun is None else begun

    def _out(self, number: int, earliest: dict[int, int]):
        yield from self.graph.own_out[number]
        for parent in self.graph.above[number]:
            for then, wait in self.graph.own_out[parent]:
                if wait.kind in {"fs", "ff"} or earliest.get(parent) == number:
                    yield then, wait

    def _allowed(self, number: int, task: Task, then: int, wait: Wait, least) -> Moment | None:
        """The latest finish that this link allows its predecessor."""
        graph = self.graph
        after = graph.tasks[then]
        if after.actual_finish is not None:
            return None
        if graph.is_summary[then]:
            rest, last = least[0][then], least[1][then]
        else:
            rest, last = self.late_rest[then], self.late_finish[then]
        if rest is None or last is None:
            return None
        clock: WorkingTime = after.clock
        if wait.kind == "fs":
            return wait.later(rest, task.minutes, clock, -1)
        if wait.kind == "ff":
            return wait.later(last, task.minutes, clock, -1)
        if task.actual_start is not None or after.actual_start is not None:
            return None  # what waited for its start is free, now that it has begun
        if wait.kind == "ss":
            return task.finish_from(wait.later(task.clock.next(rest), task.minutes, clock, -1))
        return task.finish_from(wait.later(last, task.minutes, clock, -1))

    def _at_the_latest(self, number: int, task: Task, latest: Moment) -> Moment:
        kind, at = task.constraint, task.constraint_at
        if at is not None:
            if kind == "mso":
                latest = task.finish_from(at) if self.rules.keeps_dates else latest
            elif kind == "mfo":
                latest = at if self.rules.keeps_dates else latest
            elif kind == "snlt":
                latest = min(latest, task.finish_from(at))
            elif kind == "fnlt":
                latest = min(latest, at)
            elif self.rules.from_finish and kind == "snet":
                latest = max(latest, task.finish_from(at))
            elif self.rules.from_finish and kind == "fnet":
                latest = max(latest, at)
        for parent in self.graph.above[number]:
            above = self.graph.tasks[parent]
            if above.constraint == "fnlt" and above.constraint_at is not None:
                latest = min(latest, above.constraint_at)
        return latest if task.deadline is None else min(latest, task.deadline)
