"""Baselines are kept by the lead, listed, and held against the plan as it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from tests.factories.plans import ActivityFactory, BaselineFactory
from tests.ipd.counting import PAGE, queries_of


@pytest.fixture
def urls(product):
    return [reverse(f"ipd:plan-{name}", args=[product.pk]) for name in ("baselines", "comparison")]


def test_the_lead_keeps_and_nobody_else(house, as_person, plan, urls):
    ActivityFactory(plan=plan)
    data = {"name": "PDCP contract", "reason": "PDCP", "version": plan.version}
    for person in (house.core_member, house.chair, house.outsider):
        assert as_person(person).post(urls[0], data).status_code == 403

    assert as_person(house.lpdt).post(urls[0], data).status_code == 302
    kept = plan.baselines.get()
    assert (kept.number, kept.name, kept.rows.count()) == (0, "PDCP contract", 1)

    assert as_person(house.lpdt).post(urls[0], data | {"name": ""}).status_code == 422
    stale = as_person(house.lpdt).post(urls[0], data | {"version": 99})
    assert stale.status_code == 409


def test_slips_are_working_days_against_the_original_and_the_current(
    house, as_person, plan, urls, no_lazy_fetch
):
    row = ActivityFactory(plan=plan, name="Pilot build")
    gate = ActivityFactory(plan=plan, kind="gate", days=0, name="TR4", gate="TR4")
    BaselineFactory(plan=plan, number=0)
    row.finish_at += timedelta(days=7)
    row.save()
    BaselineFactory(plan=plan, number=1)
    row.finish_at += timedelta(days=3)
    row.minutes += 480 * 2
    row.save()
    ActivityFactory(plan=plan, name="Brought in late")
    gone = ActivityFactory(plan=plan, code="GONE")
    plan.baselines.get(number=0).rows.create(code="GONE", name="Dropped", minutes=1)
    gone.delete()

    response = as_person(house.outsider).get(urls[1])

    found = {one.activity.name: one for one in response.context["page"].rows}
    # Friday 27 November; a week later, then the Monday after it.
    assert (found["Pilot build"].slip, found["Pilot build"].slip_current) == (6, 1)
    assert found["Pilot build"].longer == 2
    assert found["Brought in late"].slip is None
    assert response.context["drifts"][0].slip.activity == gate
    assert response.context["figures"].gone == 1
    assertContains(response, "Dropped")
    assertContains(response, "+6 d")
    for show, count in [("moved", 1), ("later", 1), ("new", 1), ("all", 3), ("nonsense", 3)]:
        rows = as_person(house.lpdt).get(urls[1], {"show": show}).context["page"].rows
        assert len(rows) == count, show


def test_the_comparison_costs_the_same_with_many_rows(house, as_person, plan, urls):
    ActivityFactory(plan=plan)
    BaselineFactory(plan=plan)
    client = as_person(house.lpdt)
    few = queries_of(client, urls[1])
    for _ in range(70):
        ActivityFactory(plan=plan)
    assert queries_of(client, urls[1]) == few <= PAGE + 3


def test_without_a_baseline_there_is_nothing_to_compare(house, as_person, plan, urls):
    assert as_person(house.lpdt).get(urls[1]).headers["Location"] == urls[0]
    assertContains(as_person(house.lpdt).get(urls[0]), "No baseline yet")
