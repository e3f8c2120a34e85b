"""The order of a network: who comes after whom, summaries included, and what goes in a circle.

A summary is two places: where it may begin (its links hold for all that is in it), and where it
is done (all that is in it is). So a link to or from it costs one edge, however much is in it.
"""

from collections.abc import Hashable, Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from ipd.calculations.tasks import Problem, Task, Wait


class Graph:
    """Tasks by their place in the list, with their links, ancestors and the order to go in."""

    def __init__(self, tasks: Sequence[Task], waits: Iterable[Wait]):
        self.tasks = tasks
        self.place = {task.key: number for number, task in enumerate(tasks)}
        self.problems: list[Problem] = []
        self.parent = [
            self.place.get(task.parent) if task.parent is not None else None for task in tasks
        ]
        self.children: list[list[int]] = [[] for _task in tasks]
        for number, parent in enumerate(self.parent):
            if parent is not None:
                self.children[parent].append(number)
        # A summary without anything in it is a task like others.
        self.is_summary = [
            task.is_summary and bool(self.children[number]) for number, task in enumerate(tasks)
        ]
        self.above = [self._ancestors(number) for number in range(len(tasks))]
        self.own_into: list[list[tuple[int, Wait]]] = [[] for _task in tasks]
        self.own_out: list[list[tuple[int, Wait]]] = [[] for _task in tasks]
        for wait in waits:
            self._link(wait)
        self.order = [] if self.problems else self._sort()

    def _ancestors(self, number: int) -> tuple[int, ...]:
        found, parent = [], self.parent[number]
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.parent[parent]
        return tuple(found)

    def _link(self, wait: Wait) -> None:
        """Another project's task holds others up, though it is not scheduled here."""
        first, then = self.place.get(wait.predecessor), self.place.get(wait.successor)
        if first is None or then is None:
            self.problems.append(Problem("missing", (wait.predecessor, wait.successor)))
        elif first == then:
            self.problems.append(Problem("itself", (wait.predecessor,)))
        elif self.tasks[then].counts and (self.tasks[first].counts or self.tasks[first].is_fixed):
            self.own_into[then].append((first, wait))
            self.own_out[first].append((then, wait))

    def into(self, number: int) -> list[tuple[int, Wait]]:
        """What the task waits for: its own links and those of the summaries above it."""
        if not self.above[number]:
            return self.own_into[number]
        return self.own_into[number] + [
            link for parent in self.above[number] for link in self.own_into[parent]
        ]

    def _sort(self) -> list[int]:
        """Leaves and summaries, each after all that it waits for."""
        count = len(self.tasks)  # place + count is where a summary may begin
        sorter: TopologicalSorter = TopologicalSorter()
        for number in range(count):
            parent = self.parent[number]
            begins = number + count if self.is_summary[number] else number
            sorter.add(number)
            if self.is_summary[number]:
                sorter.add(number, begins)
            if parent is not None:
                sorter.add(parent, number)
                sorter.add(begins, parent + count)
            for first, _wait in self.own_into[number]:
                sorter.add(begins, first)
        try:
            return [number for number in sorter.static_order() if number < count]
        except CycleError as error:
            keys: list[Hashable] = []
            for number in error.args[1]:
                key = self.tasks[number % count].key
                if not keys or keys[-1] != key:
                    keys.append(key)
            self.problems.append(Problem("cycle", tuple(keys)))
            return []
