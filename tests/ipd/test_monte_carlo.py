"""The simulation's arithmetic, held against the oracles of the trade and trusted libraries."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipd.calculations import what_ifs
from ipd.calculations.monte_carlo import Options, Unworkable, simulate
from ipd.calculations.simulated import Hazard, Simulated, plain, read
from ipd.calculations.spread import Estimate
from ipd.calculations.tasks import Rules, Task, Wait
from ipd.calculations.working_time import WorkingTime, minute_of
from tests.ipd.plain_runs import plain_finishes
from tests.ipd.random_networks import networks

DAY = 480
MONDAY = minute_of(datetime(2026, 11, 23, 8, tzinfo=UTC))
CLOCK = WorkingTime.of()


def network(rows: str, *, shape="pert", groups=()) -> Simulated:
    """Activities as "A3 15/18/28 A1,A2" in working days, one a semicolon."""
    tasks, waits, estimates = [], [], {}
    for row in rows.split(";"):
        key, points, *before = row.split()
        low, likely, high = (round(float(point) * DAY) for point in points.split("/"))
        group = "group" if key in groups else ""
        tasks.append(Task(key=key, minutes=likely, clock=CLOCK))
        estimates[key] = Estimate(low, likely, high, shape, group)
        waits += [Wait(first, key) for first in before[0].split(",")] if before else []
    return Simulated(tasks, waits, Rules(moment=MONDAY), CLOCK, estimates)


SERIAL = "A 15/20/25;B 15/20/25 A;C 15/20/25 B;D 15/20/25 C"
P01 = (
    "A1 5/10/25;A2 10/15/30;A3 15/18/28 A1;A4 8/10/18 A2,A3;A5 3/3/5 A4;A6 25/35/70;"
    "A7 8/10/15 A3,A6;A8 10/12/22 A4;A9 15/20/35 A5,A7;A10 10/12/20 A5;A11 5/5/8 A8,A9;"
    "A12 8/10/18 A10,A11"
)


# Oracles of domain §8.3 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rho", "sd", "p80"), [(0, 4.08, 83.5), (0.3, 5.62, 84.9), (0.6, 6.83, 86.0), (1, 8.17, 87.4)]
)
def test_four_in_a_row(rho, sd, p80):
    options = Options(runs=40_000, seed=1, rho=rho, rho_group=rho)
    found = simulate(network(SERIAL, shape="triangular"), options)
    assert found.days.mean() == pytest.approx(80, abs=0.1)
    assert found.days.std() == pytest.approx(sd, abs=0.08)
    assert found.working_days(80) == pytest.approx(p80, abs=0.3)


def test_without_uncertainty_every_percentile_is_the_critical_path_s_date():
    certain = "A1 10/10/10;A2 15/15/15;A3 18/18/18 A1;A4 10/10/10 A2,A3"
    found = simulate(network(certain), Options(runs=500, seed=1))
    plan = network(certain).planned()
    assert {found.working_days(percent) for percent in (1, 10, 50, 90, 100)} == {38.0}
    assert found.day(50) == found.day(99) == found.planned == (plan.finish - 1) // 1440
    assert {task.key: task.criticality for task in found.tasks} == {
        **{"A1": 1, "A3": 1, "A4": 1},
        "A2": 0,
    }


@pytest.fixture(scope="module")
def borealis():
    options = Options(runs=20_000, seed=20261122)
    return simulate(network(P01, groups={"A1", "A3", "A4"}), options)


def test_the_dates_of_borealis(borealis):
    assert borealis.planned_days == 80
    assert date.fromordinal(borealis.planned) == date(2027, 3, 12)
    assert borealis.working_days(50) == pytest.approx(88.6, abs=0.5)
    assert borealis.working_days(80) == pytest.approx(98.4, abs=0.5)
    assert date.fromordinal(borealis.day(50)) == date(2027, 3, 25)
    assert date.fromordinal(borealis.day(80)) == date(2027, 4, 8)


def test_the_chances_of_borealis(borealis):
    assert borealis.share_by(date(2027, 2, 26).toordinal()) == pytest.approx(0.017, abs=0.005)
    assert borealis.share_by(date(2027, 3, 12).toordinal()) == pytest.approx(0.20, abs=0.02)


def test_what_decides_borealis(borealis):
    found = {task.key: task for task in borealis.tasks}
    assert found["A6"].criticality == pytest.approx(0.70, abs=0.02)
    for key in ("A1", "A3", "A4", "A5"):
        assert found[key].criticality == pytest.approx(0.30, abs=0.02)
    for key in ("A9", "A11", "A12"):
        assert found[key].criticality == 1
    for key in ("A2", "A8", "A10"):
        assert found[key].criticality < 0.02
    assert found["A6"].ssi == pytest.approx(0.52, abs=0.03)
    assert found["A9"].ssi == pytest.approx(0.34, abs=0.03)
    assert max(found.values(), key=lambda task: task.ssi).key == "A6"
    lesson = borealis.lesson
    assert (lesson.through, lesson.others) == ("A6", ("A1", "A3", "A4", "A5"))


def test_independence_hides_days():
    free = simulate(network(P01), Options(runs=20_000, seed=1, rho=0, rho_group=0))
    assert free.working_days(80) == pytest.approx(96, abs=0.5)


def test_merge_bias_of_three_side_by_side():
    """Expected maximum 21.7 days, all three within their likely duration in 12.6 percent."""
    three = network("A 15/20/25;B 15/20/25;C 15/20/25", shape="triangular")
    found = simulate(three, Options(runs=40_000, seed=1, rho=0, rho_group=0))
    assert found.days.mean() == pytest.approx(21.7, abs=0.1)
    assert found.merge_days == pytest.approx(1.7, abs=0.1)
    assert (found.days <= 20).mean() == pytest.approx(0.126, abs=0.006)


# The vectorised pass -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(networks())
def test_with_certain_durations_it_is_the_deterministic_schedule(made):
    """Links of all kinds, lags and leads, constraints, calendars, summaries, work under way."""
    found = simulate(made, Options(runs=3, seed=1))
    plan = made.planned()
    assert set(found.finishes) == {(plan.finish - 1) // 1440}
    for task in found.tasks:
        dates = plan.dates[task.key]
        assert task.p50_finish == (dates.finish - 1) // 1440
        assert task.p50_start == dates.start // 1440


@settings(max_examples=25, deadline=None)
@given(networks(certain=False), st.integers(1, 1000))
def test_each_run_is_the_schedule_of_its_durations(made, seed):
    """A slow reference: every run scheduled by itself, in plain Python."""
    options = Options(runs=12, seed=seed)
    assert sorted(simulate(made, options).finishes.items()) == plain_finishes(made, options)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_longer_estimates_never_end_earlier(data):
    made = data.draw(networks(certain=False, plain=True))
    key = data.draw(st.sampled_from(sorted(made.estimates)))
    longer = Simulated(
        made.tasks,
        made.waits,
        made.rules,
        made.clock,
        made.estimates | {key: made.estimates[key].scaled(1.5)},
    )
    options = Options(runs=64, seed=2)
    before, after = simulate(made, options), simulate(longer, options)
    assert (after.days >= before.days - 1e-9).all()


def test_critical_is_late_finish_equal_to_early_finish():
    made = network(P01)
    for seed in range(8):
        found = simulate(made, Options(runs=1, seed=seed))
        minutes = {task.key: round(task.mean * DAY) for task in found.tasks}
        plan = made.planned(minutes)
        assert {task.key for task in found.tasks if task.criticality} == set(plan.critical)


# What if, risks, keeping -------------------------------------------------------------------------


def test_what_if_differs_by_the_change_alone():
    options = Options(runs=2000, seed=3)
    made = network(P01)
    before = simulate(made, options)
    for kind in ("removed", "shortened", "split"):
        after = simulate(what_ifs.changed(made, "A6", kind, 40), options)
        assert (after.days <= before.days + 1e-9).all(), kind
        assert after.working_days(80) < before.working_days(80)
    same = simulate(what_ifs.changed(made, "A2", "shortened", 1), options)
    assert (same.days == before.days).mean() > 0.95


def test_a_risk_is_as_frequent_as_it_says_and_delays_what_it_drives():
    made = network("A 20/20/20;B 10/10/10 A")
    made.hazards = [Hazard("R-01", "Late", 0.25, {"A": (1.5, 1.5, 1.5)})]
    without = simulate(made, Options(runs=4000, seed=1))
    with_it = simulate(made, Options(runs=4000, seed=1, with_hazards=True))
    [hazard] = with_it.hazards
    assert hazard.share == pytest.approx(0.25, abs=0.02)
    assert hazard.delay == pytest.approx(10)
    assert set(without.days) == {30.0}
    assert set(with_it.days) == {30.0, 40.0}


def test_a_shared_risk_correlates_what_it_drives():
    made = network("A 10/10/10;B 10/10/10")
    made.hazards = [Hazard("R-01", "Shared", 0.5, {"A": (1, 1.5, 2), "B": (1, 1.5, 2)})]
    shared = simulate(made, Options(runs=4000, seed=1, with_hazards=True))
    made.hazards = [
        Hazard("R-01", "One", 0.5, {"A": (1, 1.5, 2)}),
        Hazard("R-02", "Other", 0.5, {"B": (1, 1.5, 2)}),
    ]
    apart = simulate(made, Options(runs=4000, seed=1, with_hazards=True))
    assert apart.days.mean() > shared.days.mean() + 0.5


def test_what_is_kept_gives_the_same_runs_again():
    options = Options(runs=300, seed=5, with_hazards=True, tails=True)
    made = network(P01, groups={"A1"})
    made.hazards = [Hazard("R-01", "Late", 0.5, {"A1": (1, 1.5, 2)})]
    assert simulate(read(plain(made)), options).finishes == simulate(made, options).finishes


def test_a_network_in_a_circle_is_not_simulated():
    with pytest.raises(Unworkable):
        simulate(network("A 1/2/3 B;B 1/2/3 A"), Options(runs=10))


def test_progress_is_told_and_may_stop_it():
    told = []
    simulate(network(P01), Options(runs=6000, seed=1), told.append)
    assert told == sorted(told)
    assert len(told) == 4

    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(network(P01), Options(runs=6000, seed=1), stop)


def test_runs_in_parts_are_the_runs_at_once(monkeypatch):
    options = Options(runs=900, seed=11)
    whole = simulate(network(P01), options)
    monkeypatch.setattr("ipd.calculations.monte_carlo.CHUNK", 128)
    assert simulate(network(P01), options).finishes == whole.finishes
