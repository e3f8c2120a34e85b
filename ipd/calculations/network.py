"""Critical path: the dates of every task, how much float it has, and what is critical.

The rules are those that project files are written by: lags count in the successor's calendar,
a summary's links and constraints hold for all that is in it, what has begun keeps its start,
dated constraints win over links (unless told otherwise), milestones stand at the end of the
work they wait for.

>>> from datetime import UTC, datetime
>>> from ipd.calculations.working_time import WorkingTime, datetime_of, minute_of
>>> plain = WorkingTime.of()
>>> tasks = [Task(key="A", minutes=960, clock=plain), Task(key="B", minutes=480, clock=plain)]
>>> start = minute_of(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
>>> plan = schedule(tasks, [Wait("A", "B")], Rules(moment=start))
>>> datetime_of(plan.finish).isoformat(), plan.critical
('2026-11-30T17:00:00+00:00', ['A', 'B'])
>>> schedule(tasks, [Wait("A", "B"), Wait("B", "A")], Rules(moment=start)).problems
[Problem(what='cycle', keys=('A', 'B', 'A'))]
"""

from collections.abc import Iterable, Sequence

from ipd.calculations.graph import Graph
from ipd.calculations.passes import Passes
from ipd.calculations.tasks import Dates, Problem, Rules, Schedule, Task, Wait
from ipd.calculations.working_time import NoWorkingTime

__all__ = ["Dates", "Problem", "Rules", "Schedule", "Task", "Wait", "schedule"]


def schedule(tasks: Sequence[Task], waits: Iterable[Wait], rules: Rules) -> Schedule:
    """Dates and float of all tasks, or what is wrong with the network; never both."""
    graph = Graph(tasks, waits)
    if graph.problems or not tasks:
        return Schedule(problems=graph.problems)
    passes = Passes(graph, rules)
    try:
        return _from_finish(passes) if rules.from_finish else _from_start(passes)
    except NoWorkingTime:
        key = tasks[passes.at].key
        return Schedule(problems=[Problem("no time", (key,))])


def _from_start(passes: Passes) -> Schedule:
    passes.forward(passes.rules.moment)
    passes.backward(_last(passes))
    if any(task.constraint == "alap" for task in passes.graph.tasks):
        passes.forward(passes.rules.moment)
    return _result(passes, late=lambda task: task.constraint == "alap")


def _from_finish(passes: Passes) -> Schedule:
    """Counted back: tasks are as late as they may be, but for those that are to be early."""
    finish = passes.rules.moment
    passes.forward(finish)  # only to know what begins first in each summary
    passes.backward(finish)
    starts = [moment for moment in passes.late_start if moment is not None]
    passes.forward(min(starts, default=finish))
    return _result(passes, late=lambda task: task.constraint != "asap")


def _last(passes: Passes):
    """The project's finish: the last of what counts."""
    graph = passes.graph
    return max(
        (
            passes.early_finish[number]
            for number in graph.order
            if graph.tasks[number].counts and passes.early_finish[number] is not None
        ),
        default=passes.rules.moment,
    )


def _result(passes: Passes, late) -> Schedule:
    graph, found = passes.graph, Schedule()
    for number in graph.order:
        task = graph.tasks[number]
        dates = found.dates[task.key] = Dates(
            early_start=passes.early_start[number],
            early_finish=passes.early_finish[number],
            late_start=passes.late_start[number],
            late_finish=passes.late_finish[number],
        )
        dates.start, dates.finish = dates.early_start, dates.early_finish
        movable = task.counts and not task.is_fixed and task.actual_start is None
        if late(task) and movable and not graph.is_summary[number]:
            dates.start, dates.finish = dates.late_start, dates.late_finish
    for number in graph.order:
        if graph.is_summary[number] and not graph.tasks[number].is_fixed:
            _roll_up(graph, number, found)
    for number in graph.order:
        passes.at = number
        _float(passes, number, found)
    counted = [found.dates[task.key] for task in graph.tasks if task.counts]
    starts = [dates.start for dates in counted if dates.start is not None]
    finishes = [dates.finish for dates in counted if dates.finish is not None]
    found.start, found.finish = min(starts, default=None), max(finishes, default=None)
    return found


def _roll_up(graph: Graph, number: int, found: Schedule) -> None:
    inside = [
        found.dates[graph.tasks[child].key]
        for child in graph.children[number]
        if graph.tasks[child].counts
    ]
    dates = found.dates[graph.tasks[number].key]
    dates.start = min((d.start for d in inside if d.start is not None), default=None)
    dates.finish = max((d.finish for d in inside if d.finish is not None), default=None)


def _float(passes: Passes, number: int, found: Schedule) -> None:
    """Total float: the lesser of what the start and the finish may slip; free: to nobody's harm."""
    graph, task = passes.graph, passes.graph.tasks[number]
    dates = found.dates[task.key]
    if dates.early_finish is None or dates.late_finish is None or not task.counts:
        return
    clock = task.clock
    if task.actual_finish is not None:
        dates.total_float = dates.free_float = 0
        return
    if task.constraint == "alap" and not passes.rules.from_finish:
        dates.total_float = 0
    else:
        dates.total_float = clock.between(dates.early_finish, dates.late_finish)
        if task.actual_start is None and dates.early_start is not None:
            slip = clock.between(dates.early_start, dates.late_start)
            dates.total_float = min(dates.total_float, slip)
    gaps = [
        gap
        for then, wait in graph.own_out[number]
        if (gap := _gap(graph, number, then, wait, found)) is not None
    ]
    dates.free_float = max(0, min([*gaps, dates.total_float]))
    if graph.is_summary[number]:
        inside = [found.dates[graph.tasks[child].key] for child in graph.children[number]]
        dates.is_critical = any(child.is_critical for child in inside)
    else:
        dates.is_critical = dates.total_float <= passes.rules.critical_float


def _gap(graph: Graph, number: int, then: int, wait: Wait, found: Schedule) -> int | None:
    """Working minutes that the predecessor may slip before this link moves its successor."""
    task, after = graph.tasks[number], graph.tasks[then]
    mine, theirs = found.dates[task.key], found.dates[after.key]
    if after.actual_start is not None or not after.counts or theirs.start is None:
        return None
    begins, ends = wait.kind[0] == "s", wait.kind[1] == "f"
    moment = theirs.finish if ends else theirs.start
    allowed = wait.later(moment, task.minutes, after.clock, -1)
    return task.clock.between(mine.start if begins else mine.finish, allowed)
