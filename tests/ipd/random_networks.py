"""Networks for properties: links of all kinds, lags, dates, calendars, summaries, work begun."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from ipd.calculations.simulated import Simulated
from ipd.calculations.spread import Estimate
from ipd.calculations.tasks import Rules, Task, Wait
from ipd.calculations.working_time import WorkingTime, minute_of

MONDAY = minute_of(datetime(2026, 11, 23, 8, tzinfo=UTC))
WEEK = 7 * 1440
HOLIDAYS = {date(2026, 12, day).toordinal(): [] for day in (24, 25, 31)}
CLOCKS = [
    WorkingTime.of(),
    WorkingTime.of(exceptions=HOLIDAYS),
    WorkingTime.of([[(360, 840)]] * 6 + [[]]),
]
KINDS = ["fs", "fs", "ss", "ff", "sf"]
LAGS = [(0, "working"), (480, "working"), (-240, "working"), (2880, "elapsed"), (50, "percent")]


@st.composite
def networks(draw, *, certain=True, plain=False):
    """Up to eight tasks; `plain`: finish to start, no dates, one calendar, nothing begun."""
    count = draw(st.integers(2, 8))
    tasks, waits, estimates = [], [], {}
    clocks = CLOCKS[:1] if plain else CLOCKS
    if not plain and draw(st.booleans()):
        tasks.append(Task(key="S", clock=CLOCKS[0], is_summary=True))
    for number in range(count):
        key = f"T{number}"
        minutes = draw(st.integers(0 if certain else 1, 20)) * 120
        task = Task(key=key, minutes=minutes, clock=draw(st.sampled_from(clocks)))
        if tasks and tasks[0].is_summary and number < 2:
            task.parent = "S"
        if not plain:
            _dates(draw, task)
        tasks.append(task)
        if minutes and task.actual_finish is None:
            wide = (0, 0) if certain else (draw(st.integers(0, 60)), draw(st.integers(0, 600)))
            left = minutes - task.done
            estimates[key] = Estimate(max(left - wide[0], 1), left, left + wide[1])
        if number:
            waits += _waits(draw, number, plain)
    if len(tasks) > count and draw(st.booleans()):
        waits.append(Wait("S", f"T{count - 1}") if count > 2 else Wait("T0", "T1"))
    unique = {(wait.predecessor, wait.successor, wait.kind): wait for wait in waits}
    status = None if plain else draw(st.sampled_from([None, MONDAY + 1440]))
    rules = Rules(moment=MONDAY, status=status, keeps_dates=False)
    if not estimates:
        estimates["T0"] = Estimate(1, 1, 1)
        tasks[-count].minutes, tasks[-count].actual_finish = 1, None
        tasks[-count].actual_start, tasks[-count].done = None, 0
    return Simulated(tasks, list(unique.values()), rules, clocks[0], estimates)


def _waits(draw, number: int, plain: bool) -> list[Wait]:
    found = []
    for first in draw(st.sets(st.integers(0, number - 1), max_size=2)):
        kind = "fs" if plain else draw(st.sampled_from(KINDS))
        lag, unit = (0, "working") if plain else draw(st.sampled_from(LAGS))
        found.append(Wait(f"T{first}", f"T{number}", kind, lag, unit))
    return found


def _dates(draw, task: Task) -> None:
    """A constraint, a meeting, or progress; most have none of them."""
    what = draw(st.sampled_from(["", "", "", "snet", "fnet", "mso", "snlt", "gate", "begun"]))
    moment = MONDAY + draw(st.integers(0, 3)) * WEEK
    if what in {"snet", "fnet", "mso", "snlt"}:
        task.constraint, task.constraint_at = what, moment
    elif what == "gate":
        task.not_before = moment
    elif what == "begun" and task.minutes:
        task.actual_start = MONDAY
        task.done = task.minutes // 2
