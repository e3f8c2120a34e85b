"""Simulations: run at once or as a job, kept for good, repeatable, cancelled without a trace."""

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ipd.actions import simulations
from ipd.kernel.access import Refused
from ipd.kernel.models import Touch
from ipd.models import Simulation, SimulationActivity
from ipd.queries import simulations as queries
from tests.factories.risks import (
    DriverFactory,
    RiskFactory,
    SimulatedActivityFactory,
    estimated_plan,
)
from tests.ipd.simulating import CONTRACT, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(product):
    return estimated_plan(product)


# What is kept ------------------------------------------------------------------------------------


def test_a_simulation_keeps_what_was_asked_and_what_came_out(plan):
    row = made(plan)

    assert (row.runs, row.seed, row.plan_version) == (400, 7, plan.version)
    assert row.p10_on <= row.p50_on <= row.p80_on <= row.p90_on
    assert sum(runs for _day, runs in row.finishes) == 400
    assert row.probability == queries.share_by(row.finishes, CONTRACT)
    assert row.planned_on == date(2026, 12, 25)  # 25 working days from Monday, 2026-11-23
    assert {one.code: one.criticality for one in row.activities.all()} == {"A1": 1, "A2": 1}
    assert Touch.objects.filter(product_id=plan.product_id).count() == 1


def test_the_same_seed_and_plan_give_the_same_result(plan):
    assert made(plan).finishes == made(plan).finishes
    assert made(plan).finishes != made(plan, seed=8).finishes


def test_a_simulation_is_never_changed(plan):
    row = made(plan)
    for statement in (
        lambda: Simulation.objects.filter(pk=row.pk).update(seed=1),
        lambda: SimulationActivity.objects.filter(simulation=row).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()


def test_only_what_is_left_is_simulated(plan):
    first = plan.activities.get(code="A1")
    first.actual_start_at, first.actual_finish_at = first.start_at, first.finish_at
    first.percent = 100
    first.save()

    row = made(plan)

    assert [one.code for one in row.activities.all()] == ["A2"]


def test_risks_of_the_register_make_it_later(plan):
    DriverFactory(risk=RiskFactory(product=plan.product, probability_percent=100), activity="A1")
    closed = RiskFactory(product=plan.product, state="closed")
    DriverFactory(risk=closed, activity="A2")

    without, with_risks = made(plan), made(plan, with_risks=True)

    assert with_risks.p50_on > without.p50_on
    assert [one["code"] for one in with_risks.drivers] != [closed.code]
    assert len(with_risks.drivers) == 1


def test_refused_without_an_estimate(product):
    plan = estimated_plan(product)
    plan.activities.update(optimistic_minutes=None, pessimistic_minutes=None)
    with pytest.raises(Refused, match="three-point estimate"):
        made(plan)


def test_refused_when_the_plan_goes_in_a_circle(plan):
    first, second = plan.activities.order_by("order")
    plan.links.create(predecessor=second, successor=first)
    with pytest.raises(Refused, match="circle"):
        made(plan)


def test_refused_when_there_are_too_many_runs_for_so_large_a_plan(plan, monkeypatch):
    monkeypatch.setattr(simulations, "MOST_CELLS", 500)
    with pytest.raises(Refused, match="at most 250 runs"):
        made(plan)


# What if -----------------------------------------------------------------------------------------


def what_if(row, by, **fields):
    wanted = {"activity": "A1", "kind": "shortened", "percent": 50} | fields
    return simulations.what_if(row, by=by, key=uuid.uuid4(), **wanted)


def test_a_what_if_differs_by_the_change_alone(plan, lpdt):
    row = made(plan)

    shorter = what_if(row, lpdt)
    split = what_if(row, lpdt, kind="split")
    removed = what_if(row, lpdt, kind="removed")

    assert removed.p80_on < shorter.p80_on <= split.p80_on < row.p80_on
    assert (shorter.what_if_of, shorter.inputs) == (row, row.inputs)
    assert queries.latest([plan.product_id])[plan.product_id].pk == row.pk


def test_a_what_if_uses_the_inputs_of_then(plan, lpdt):
    row = made(plan)
    plan.activities.update(minutes=4800, optimistic_minutes=4800, pessimistic_minutes=4800)

    assert what_if(row, lpdt, kind="shortened", percent=1).p50_on <= row.p50_on


def test_no_what_if_of_what_is_not_there(plan, lpdt):
    row = made(plan)
    with pytest.raises(Refused, match="no work left"):
        what_if(row, lpdt, activity="A9")
    with pytest.raises(Refused, match="of another what-if"):
        what_if(what_if(row, lpdt), lpdt)


# The newest --------------------------------------------------------------------------------------


def test_the_newest_of_each_product(plan, django_assert_num_queries):
    made(plan)
    row = made(plan, seed=8)
    other = SimulatedActivityFactory(code="B1").simulation
    with django_assert_num_queries(2):
        found = queries.latest([plan.product_id, other.plan.product_id])
    mine = found[plan.product_id]
    assert (mine.pk, mine.n, mine.seed, mine.is_stale) == (row.pk, 400, 8, False)
    assert mine.finish["A2"].p80 == row.p80_on
    assert found[other.plan.product_id].finish["B1"].p50 == date(2027, 3, 25)


def test_it_is_stale_when_the_plan_moved(plan):
    made(plan)
    plan.version += 1
    plan.save()
    assert queries.latest([plan.product_id])[plan.product_id].is_stale
