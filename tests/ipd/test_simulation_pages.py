"""Simulations on their pages and as jobs: at once when small, cancelled without a trace."""

import uuid
from functools import partial

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from ipd.actions import simulations
from ipd.actions.simulations import Wanted
from ipd.kernel.actions import jobs
from ipd.kernel.models import Job
from ipd.kernel.models.jobs import JobState
from ipd.models import Simulation, SimulationActivity
from tests.factories.company import build, process
from tests.factories.risks import (
    SimulatedActivityFactory,
    SimulationFactory,
    estimated_plan,
)
from tests.ipd.simulating import CONTRACT, form, made, post
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(product):
    return estimated_plan(product)


# Pages -------------------------------------------------------------------------------------------


def test_a_small_plan_is_simulated_at_once(plan, product, lpdt, as_person):
    client = as_person(lpdt)
    answer = post(client, product)
    row = Simulation.objects.get()
    assertRedirects(answer, row.get_absolute_url())
    page = client.get(row.get_absolute_url())
    assertContains(page, "400 runs, seed 7")
    for day in (row.p10_on, row.p50_on, row.p80_on, row.p90_on):
        assertContains(page, day.isoformat())
    assertContains(page, "Schedule sensitivity")


@pytest.mark.parametrize(
    ("told", "said", "not_said"),
    [
        ({"through": "A1", "share": 0.03, "others": []}, "through <b>A2", "through <b>A1"),
        ({"through": "A1", "share": 0.4, "others": []}, "through <b>A1", "A1 is where a day"),
        ({"through": "A2", "share": 0.4, "others": ["A1"]}, "A2 is where a day", "<b>A1"),
    ],
)
def test_the_page_points_at_what_moves_the_finish_most(plan, lpdt, as_person, told, said, not_said):
    row = SimulationFactory(plan=plan, lesson={"on_plan": False, **told})
    SimulatedActivityFactory(simulation=row, code="A1", ssi=0.01)
    SimulatedActivityFactory(simulation=row, code="A2", ssi=0.3)

    page = as_person(lpdt).get(row.get_absolute_url())

    assertContains(page, said)
    assertNotContains(page, not_said)


def test_a_form_that_is_sent_twice_simulates_once(plan, product, lpdt, as_person):
    client, sent = as_person(lpdt), form()
    url = reverse("ipd:simulation-run", args=[product.pk])
    first, second = client.post(url, sent), client.post(url, sent)
    assert first["Location"] == second["Location"]
    assert Simulation.objects.count() == 1


def test_a_form_with_errors_is_shown_again(plan, product, lpdt, as_person):
    answer = post(as_person(lpdt), product, rho="0.7", rho_group="0.2")
    assert answer.status_code == 422
    assertContains(answer, "at least that of all", status_code=422)
    assert not Simulation.objects.exists()


def test_who_may_not_simulate_may_look(plan, product, core_member, outsider, as_person):
    row = SimulationFactory(plan=plan)
    for person in (core_member, outsider):
        client = as_person(person)
        assert post(client, product).status_code == 403
        page = client.get(row.get_absolute_url())
        assertContains(page, "2027-04-08")
        assertNotContains(page, "Run a simulation")


def test_a_confidential_product_s_simulation_is_not_there(confidential_product, lpdt, as_person):
    row = SimulationFactory(plan=estimated_plan(confidential_product))
    assert as_person(lpdt).get(row.get_absolute_url()).status_code == 404
    assert post(as_person(lpdt), confidential_product).status_code == 404


def test_a_product_without_a_plan_says_so(product, lpdt, as_person):
    page = as_person(lpdt).get(reverse("ipd:simulations", args=[product.pk]))
    assertContains(page, "Nothing is planned yet")
    assert post(as_person(lpdt), product).status_code == 404


def test_a_stale_simulation_says_so(plan, product, lpdt, as_person):
    SimulationFactory(plan=plan, plan_version=plan.version + 1)
    page = as_person(lpdt).get(reverse("ipd:simulations", args=[product.pk]))
    assertContains(page, "The plan has changed since this simulation.")


def test_what_if_by_its_form(plan, product, lpdt, core_member, as_person):
    row = made(plan)
    url = reverse("ipd:simulation-what-if", args=[row.pk])
    sent = {"key": str(uuid.uuid4()), "activity": "A1", "kind": "removed"}
    assert as_person(core_member).post(url, sent).status_code == 403

    answer = as_person(lpdt).post(url, sent)

    assertRedirects(answer, row.what_ifs.get().get_absolute_url())
    page = as_person(lpdt).get(reverse("ipd:simulations", args=[product.pk]))
    assertContains(page, "A1 were not needed")
    wrong = as_person(lpdt).post(url, sent | {"activity": "A9", "key": str(uuid.uuid4())})
    assert wrong.status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_it_shows(
    count, plan, product, lpdt, as_person, no_lazy_fetch, django_assert_max_num_queries
):
    for seed in range(count):
        row = SimulationFactory(plan=plan, seed=seed)
        SimulatedActivityFactory.create_batch(count, simulation=row)
        SimulationFactory(plan=plan, what_if_of=row, change={"activity": "A1", "kind": "removed"})
    client = as_person(lpdt)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("ipd:simulations", args=[product.pk])).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(row.get_absolute_url()).status_code == 200


# As a job ----------------------------------------------------------------------------------------


@pytest.fixture
def job(plan, lpdt, as_person, monkeypatch):
    monkeypatch.setattr(simulations, "FEW", 1)
    assertRedirects(
        post(as_person(lpdt), plan.product, runs=4100), Job.objects.get().get_absolute_url()
    )
    return Job.objects.get()


def test_a_large_plan_is_simulated_as_a_job(job, plan):
    jobs.run(str(job.pk))
    job.refresh_from_db()
    row = Simulation.objects.get()
    assert (job.state, job.result) == (JobState.DONE, row.get_absolute_url())
    assert (row.runs, row.by, row.contract_on) == (4100, job.person, CONTRACT)


def test_a_job_that_is_cancelled_between_parts_leaves_nothing(job, monkeypatch):
    told = []

    def progress(self, percent, step=""):
        told.append(percent)
        if len(told) == 2:
            Job.objects.filter(pk=job.pk).update(cancel_asked=True)
        plain(self, percent, step)

    plain = jobs.Running.progress
    monkeypatch.setattr(jobs.Running, "progress", progress)

    jobs.run(str(job.pk))

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert len(told) == 2
    assert not Simulation.objects.exists()


def test_a_job_that_is_cancelled_at_its_very_end_leaves_nothing(job, monkeypatch):
    plain = jobs.Running.progress

    def progress(self, percent, step=""):
        if percent >= 100:
            Job.objects.filter(pk=job.pk).update(cancel_asked=True)
        plain(self, percent, step)

    monkeypatch.setattr(jobs.Running, "progress", progress)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not Simulation.objects.exists()
    assert not SimulationActivity.objects.exists()


def test_a_job_whose_person_lost_the_right_fails(job, house):
    house.product.team.seats.filter(person=house.lpdt).delete()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Simulation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_simulation_make_one():
    process()
    plan, key = estimated_plan(build().product), uuid.uuid4()
    work = partial(simulations.of_plan, plan, Wanted(runs=3000, seed=7), by=None, key=key)

    (first, second), _refused = at_once([work] * 2)

    assert first.pk == second.pk
    assert Simulation.objects.count() == 1
    assert SimulationActivity.objects.count() == 2
