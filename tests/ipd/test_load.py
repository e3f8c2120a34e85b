"""Load: hours by week of people and functions, over all plans, hidden ones without a name."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.days import today
from ipd.queries import load
from tests.factories import PersonFactory, SiteFactory
from tests.factories.plans import (
    ActivityFactory,
    AssignmentFactory,
    PlanFactory,
    ResourceFactory,
)
from tests.ipd.counting import PAGE, queries_of

URL = "/load/"


@pytest.fixture
def monday():
    """A Monday three weeks ahead, so that nothing of it is past."""
    return load.monday(today()) + timedelta(weeks=3)


@pytest.fixture
def worker():
    """At a site whose country has no holidays that are known."""
    return PersonFactory(name="Wim Worker", site=SiteFactory(code="XX", country=""))


def at(day, hour=8):
    return datetime.combine(day, time(hour), UTC)


def planned(plan, monday, *, weeks=1, **fields):
    """Work from a Monday to a Friday."""
    end = monday + timedelta(days=7 * weeks - 3)
    return ActivityFactory(
        plan=plan, days=5 * weeks, start_at=at(monday), finish_at=at(end, 17), **fields
    )


def hours(person) -> list[float]:
    cells = load.of_person(person, load.monday(today()))
    return [round(cell.hours, 2) for cell in cells]


def test_work_is_spread_over_the_weekdays_of_its_weeks(product, monday, worker):
    plan = PlanFactory(product=product)
    planned(plan, monday, weeks=2, owner=worker)
    assert hours(worker)[3:6] == [40, 40, 0]


def test_what_is_left_counts_and_effort_before_duration(product, monday, worker):
    plan = PlanFactory(product=product)
    planned(plan, monday, owner=worker, percent=50)
    planned(plan, monday, owner=worker, effort_minutes=600)
    planned(plan, monday, owner=worker, percent=100)
    planned(plan, monday, owner=worker, is_active=False)
    assert hours(worker)[3] == 30


def test_what_is_assigned_counts_for_those_it_is_assigned_to(product, monday, worker):
    plan = PlanFactory(product=product)
    row = planned(plan, monday, owner=PersonFactory())
    resource = ResourceFactory(plan=plan, person=worker)
    AssignmentFactory(activity=row, resource=resource, work_minutes=1200)
    assert hours(worker)[3] == 20
    assert sum(hours(row.owner)) == 0


def test_what_is_overdue_falls_into_this_week(product, worker):
    plan = PlanFactory(product=product)
    past = load.monday(today()) - timedelta(weeks=8)
    planned(plan, past, owner=worker)
    assert hours(worker)[:2] == [40, 0]


def test_looking_at_later_weeks_does_not_move_work(product, monday, worker):
    plan = PlanFactory(product=product)
    planned(plan, monday, weeks=4, owner=worker)
    cells = load.of_person(worker, monday + timedelta(weeks=2))
    assert [round(cell.hours) for cell in cells[:3]] == [40, 40, 0]


def test_over_allocation_is_said_by_shape_and_word(house, as_person, product, monday, worker):
    plan = PlanFactory(product=product)
    planned(plan, monday, owner=worker)
    planned(plan, monday, owner=worker)

    response = as_person(house.outsider).get(URL)

    row = next(row for row in response.context["rows"] if row.subject == worker)
    assert (row.cells[3].percent, row.cells[3].is_over, row.over) == (200, True, 1)
    assertContains(response, "200 %")
    assertContains(response, "more than there is time for")
    assertContains(response, "#sh-off")


def test_holidays_take_from_the_capacity():
    assert load.capacity("DE", datetime(2026, 12, 21, tzinfo=UTC).date()) == 32
    assert load.capacity("", datetime(2026, 12, 21, tzinfo=UTC).date()) == 40


def test_hidden_work_is_in_the_sum_without_a_name(
    house, as_person, product, confidential_product, monday, worker
):
    planned(PlanFactory(product=product), monday, owner=worker, name="Seen work")
    planned(PlanFactory(product=confidential_product), monday, owner=worker, name="Secret work")
    url = reverse("ipd:load-work")
    query = {"person": worker.pk, "week": monday.isoformat()}

    response = as_person(house.outsider).get(url, query)

    assert response.context["work"].hours == 80
    assertContains(response, "Seen work")
    assertContains(response, "Other work")
    assertNotContains(response, "Secret work")
    assertNotContains(response, confidential_product.code)
    line = as_person(house.outsider).get(URL, {"line": product.line.code})
    row = next(row for row in line.context["rows"] if row.subject == worker)
    assert round(row.cells[3].hours) == 40


def test_functions_have_the_capacity_of_their_people(house, as_person, product, monday, worker):
    planned(PlanFactory(product=product), monday, owner=worker)

    response = as_person(house.lpdt).get(URL, {"by": "functions"})

    row = next(row for row in response.context["rows"] if row.subject == worker.function)
    assert round(row.cells[3].hours) == 40
    assert row.cells[3].capacity > 40
    work = as_person(house.lpdt).get(
        reverse("ipd:load-work"), {"function": worker.function.code, "week": monday.isoformat()}
    )
    assert len(work.context["work"].pieces) == 1


def test_queries_do_not_grow(house, as_person, product, monday):
    plan = PlanFactory(product=product)
    planned(plan, monday, owner=PersonFactory())
    client = as_person(house.lpdt)
    few = queries_of(client, URL)
    for _ in range(45):
        planned(plan, monday, owner=PersonFactory())
    assert queries_of(client, URL) == few <= PAGE
    assert queries_of(client, f"{URL}?by=functions") <= PAGE
    first = client.get(URL)
    assert len(first.context["rows"]) == 40
    more = client.get(URL, {"after": first.context["after"]})
    assert len(more.context["rows"]) == 6


def test_one_s_own_weeks_are_on_one_s_own_page(house, as_person, product, monday):
    planned(PlanFactory(product=product), monday, owner=house.core_member, name="Mine to do")
    url = reverse("teams:person", args=[house.core_member.pk])
    assertContains(as_person(house.core_member).get(url), "Mine to do")
    assertNotContains(as_person(house.lpdt).get(url), "Mine to do")


def test_the_product_s_page_names_the_next_milestones(house, as_person, product, monday):
    plan = PlanFactory(product=product)
    planned(plan, monday, kind="gate", name="TR4 in spring")
    assertContains(as_person(house.chair).get(product.get_absolute_url()), "TR4 in spring")
