"""The critical path, held against worked examples, networkx, and what is true of every network."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ipd.calculations.network import Rules, Task, Wait, schedule
from ipd.calculations.tasks import end_of
from ipd.calculations.working_time import (
    ROUND_THE_CLOCK,
    WorkingTime,
    datetime_of,
    minute_of,
)

PLAIN = WorkingTime.of()
DAY = 480
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
START = minute_of(MONDAY)


def at(day, hour=8):
    return minute_of(MONDAY.replace(hour=0) + timedelta(days=day, hours=hour))


def task(key, days=0.0, **more):
    return Task(**{"key": key, "minutes": round(days * DAY), "clock": PLAIN} | more)


def computed(tasks, waits=(), **rules):
    found = schedule(tasks, waits, Rules(**{"moment": START} | rules))
    assert not found.problems
    return found


def said(found, key):
    dates = found.dates[key]
    return tuple(f"{datetime_of(m):%d.%m %H}" for m in (dates.start, dates.finish))


# Worked examples ----------------------------------------------------------------------------

P01 = {  # domain §8.2: likely days, predecessors
    "A1": (10, ""),
    "A2": (15, ""),
    "A3": (18, "A1"),
    "A4": (10, "A2 A3"),
    "A5": (3, "A4"),
    "A6": (35, ""),
    "A7": (10, "A3 A6"),
    "A8": (12, "A4"),
    "A9": (20, "A5 A7"),
    "A10": (12, "A5"),
    "A11": (5, "A8 A9"),
    "A12": (10, "A10 A11"),
}


def test_the_network_of_borealis_ends_on_day_80():
    found = computed(
        [task(key, days) for key, (days, _before) in P01.items()],
        [Wait(first, key) for key, (_days, before) in P01.items() for first in before.split()],
    )

    assert PLAIN.between(START, found.finish) == 80 * DAY
    assert datetime_of(found.finish) == datetime(2027, 3, 12, 17, 0, tzinfo=UTC)
    assert found.critical == ["A6", "A7", "A9", "A11", "A12"]
    assert found.dates["A5"].total_float == 4 * DAY
    assert found.dates["A5"].free_float == 0
    assert found.dates["A10"].free_float == 17 * DAY
    assert found.dates["A1"].free_float == 0


@pytest.mark.parametrize(
    ("kind", "lag", "unit", "dates"),
    [
        ("fs", 0, "working", ("26.11 08", "27.11 17")),
        ("fs", DAY, "working", ("27.11 08", "30.11 17")),
        ("fs", -DAY, "working", ("25.11 08", "26.11 17")),
        ("fs", 50, "percent", ("27.11 13", "01.12 12")),
        ("fs", 2 * 1440, "elapsed", ("30.11 08", "01.12 17")),
        ("ss", 0, "working", ("23.11 08", "24.11 17")),
        ("ss", DAY, "working", ("24.11 08", "25.11 17")),
        ("ff", 0, "working", ("24.11 08", "25.11 17")),
        ("ff", 2 * DAY, "working", ("26.11 08", "27.11 17")),
        ("sf", 5 * DAY, "working", ("26.11 08", "27.11 17")),
    ],
)
def test_links_of_each_kind_with_lag_and_lead(kind, lag, unit, dates):
    found = computed([task("A", 3), task("B", 2)], [Wait("A", "B", kind, lag, unit)])

    assert said(found, "B") == dates


@pytest.mark.parametrize(
    ("constraint", "day", "hour", "dates"),
    [
        ("snet", 7, 8, ("30.11 08", "01.12 17")),
        ("snet", 1, 8, ("26.11 08", "27.11 17")),
        ("fnet", 8, 17, ("30.11 08", "01.12 17")),
        ("snlt", 2, 8, ("25.11 08", "26.11 17")),
        ("fnlt", 2, 17, ("24.11 08", "25.11 17")),
        ("mso", 1, 8, ("24.11 08", "25.11 17")),
        ("mfo", 9, 17, ("01.12 08", "02.12 17")),
    ],
)
def test_constraints_win_over_links(constraint, day, hour, dates):
    second = task("B", 2, constraint=constraint, constraint_at=at(day, hour))

    assert said(computed([task("A", 3), second], [Wait("A", "B")]), "B") == dates


def test_links_win_where_the_plan_says_so():
    second = task("B", 2, constraint="mso", constraint_at=at(1))
    found = computed([task("A", 3), second], [Wait("A", "B")], keeps_dates=False)

    assert said(found, "B") == ("26.11 08", "27.11 17")


def test_as_late_as_possible_takes_its_followers_along():
    tasks = [task("A", 10), task("B", 2, constraint="alap"), task("C", 1), task("D")]
    found = computed(tasks, [Wait("B", "C"), Wait("A", "D"), Wait("C", "D")])

    assert said(found, "B") == ("02.12 08", "03.12 17")
    assert said(found, "C") == ("04.12 08", "04.12 17")


def test_a_milestone_stands_at_the_end_of_the_work_it_waits_for():
    found = computed([task("A", 5), task("M"), task("N")], [Wait("A", "M")])

    assert said(found, "M") == ("27.11 17", "27.11 17")
    assert said(found, "N") == ("23.11 08", "23.11 08")


def test_a_gate_is_not_before_its_meeting():
    found = computed([task("A", 1), task("G", not_before=at(10))], [Wait("A", "G")])

    assert said(found, "G") == ("03.12 08", "03.12 08")


def test_a_summary_hands_its_links_and_limits_to_what_is_in_it():
    tasks = [
        task("S", is_summary=True, constraint="snet", constraint_at=at(2)),
        task("A", 2, parent="S"),
        task("B", 1, parent="S"),
        task("T", is_summary=True),
        task("C", 1, parent="T"),
        task("D", 3, parent="T"),
        task("E", 1),
    ]
    found = computed(tasks, [Wait("A", "B"), Wait("S", "T"), Wait("S", "E", "ss", DAY)])

    assert said(found, "S") == ("25.11 08", "27.11 17")
    assert said(found, "C") == ("30.11 08", "30.11 17")
    assert said(found, "T") == ("30.11 08", "02.12 17")
    assert said(found, "E") == ("26.11 08", "26.11 17")
    assert found.dates["S"].is_critical
    assert found.dates["C"].total_float == 2 * DAY


def test_what_was_reported_stands_and_the_rest_follows_the_status_day():
    begun = {"actual_start": at(1), "done": DAY}
    tasks = [
        task("done", 2, actual_start=at(0), actual_finish=at(0, 17)),
        task("begun", 3, **begun),
        task("later", 1),
    ]
    waits = [Wait("done", "begun")]
    found = computed(tasks, waits, status=end_of(date(2026, 11, 27).toordinal()))

    assert said(found, "done") == ("23.11 08", "23.11 17")
    assert said(found, "begun") == ("24.11 08", "01.12 17")
    assert said(found, "later") == ("30.11 08", "30.11 17")
    assert said(computed(tasks, waits), "begun") == ("24.11 08", "26.11 17")
    resumed = task("begun", 3, **begun, resume=at(7))
    assert said(computed([resumed]), "begun") == ("24.11 08", "01.12 17")


def test_by_hand_inactive_and_foreign_tasks():
    tasks = [
        task("hand", 2, is_fixed=True, start=at(9), finish=at(10, 17)),
        task("off", 100, counts=False),
        task("other", 0, counts=False, is_fixed=True, start=at(14), finish=at(15, 17)),
        task("A", 1),
        task("B", 1),
        task("C", 1),
    ]
    found = computed(tasks, [Wait("hand", "A"), Wait("off", "B"), Wait("other", "C")])

    assert said(found, "A") == ("04.12 08", "04.12 17")
    assert said(found, "B") == ("23.11 08", "23.11 17")
    assert said(found, "C") == ("09.12 08", "09.12 17")


def test_clocks_pauses_delays_and_shares():
    mornings = WorkingTime.of([[(480, 720)]] * 5 + [[], []])
    tasks = [
        task("elapsed", clock=ROUND_THE_CLOCK, minutes=2 * 1440),
        task("paused", 2, pause=DAY),
        task("delayed", 1, delay=1440),
        task("shared", 1, shares=((PLAIN, DAY), (mornings, DAY))),
    ]
    found = computed(tasks)

    assert said(found, "elapsed") == ("23.11 08", "25.11 08")
    assert said(found, "paused") == ("23.11 08", "25.11 17")
    assert said(found, "delayed") == ("24.11 08", "24.11 17")
    assert said(found, "shared") == ("23.11 08", "24.11 12")


def test_counted_back_from_the_finish():
    tasks = [task("A", 2, constraint="alap"), task("B", 1, constraint="alap"), task("C", 1)]
    found = computed(tasks, [Wait("A", "B")], moment=at(11, 17), from_finish=True)

    assert said(found, "B") == ("04.12 08", "04.12 17")
    assert said(found, "A") == ("02.12 08", "03.12 17")
    assert said(found, "C") == ("02.12 08", "02.12 17")
    assert datetime_of(found.start) == datetime(2026, 12, 2, 8, 0, tzinfo=UTC)


def test_a_deadline_makes_float_negative():
    found = computed([task("A", 5, deadline=at(2, 17))])

    assert found.dates["A"].total_float == -2 * DAY


# What is wrong ------------------------------------------------------------------------------


def test_what_cannot_be_scheduled_is_named():
    def problems(tasks, waits):
        found = schedule(tasks, waits, Rules(moment=START))
        assert not found.dates
        return [(problem.what, problem.keys) for problem in found.problems]

    two = [task("A", 1), task("B", 1)]
    assert problems(two, [Wait("A", "X")]) == [("missing", ("A", "X"))]
    assert problems(two, [Wait("A", "A")]) == [("itself", ("A",))]
    [(what, keys)] = problems(two, [Wait("A", "B"), Wait("B", "A")])
    assert (what, keys[0], set(keys)) == ("cycle", keys[-1], {"A", "B"})
    inside = [task("S", is_summary=True), task("A", 1, parent="S"), task("B", 1)]
    [(what, keys)] = problems(inside, [Wait("S", "B"), Wait("B", "A")])
    assert (what, set(keys)) == ("cycle", {"S", "A", "B"})
    assert problems(inside, [Wait("S", "A")])[0][0] == "cycle"
    once = WorkingTime.of([[]] * 7, exceptions={MONDAY.toordinal(): [(480, 600)]})
    assert problems([task("A", 1), task("B", 1, clock=once)], []) == [("no time", ("B",))]
