"""Rotations: planned within one's time, agreed by the host, rated by the host alone."""

from datetime import date
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import Notice, OutboxMessage
from teams.actions.academy import rotations
from teams.models import ElementResult, Rotation, RotationRating, Seat
from teams.queries.academy.assignments import url_of
from teams.queries.academy.waiting import waiting_for
from tests.factories import PersonFactory, ProductFactory, SeatFactory
from tests.factories.academy_practice import RotationFactory
from tests.factories.people import FunctionFactory
from tests.races import at_once
from tests.teams.academy.learner import learner_of

pytestmark = pytest.mark.django_db
MARK, WHY = "SENTINEL-HOST-WORDS", "SENTINEL-CALLED-OFF"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def made(house):
    """The learner's seat takes half of their time."""
    Seat.objects.filter(person=house.lpdt).update(allocation_percent=50)
    return learner_of(house)


def facts(**more):
    return {
        "kind": "function",
        "host": PersonFactory(name="Hana Host"),
        "host_function": FunctionFactory(code="SVC"),
        "host_site": None,
        "host_team": None,
        "goal": "A list of what breaks.",
        "first": date(2026, 12, 7),
        "last": date(2027, 1, 24),
        "allocation_percent": 50,
        **more,
    }


def plan(made, **more):
    element = RotationFactory.build(enrolment=made.enrolment).element
    return rotations.plan(made.enrolment, element, by=made.person, **facts(**more))


def at(name, row):
    return reverse(f"teams:rotation{name}", args=[row.pk])


def rate(row, level, *, accepted=True):
    levels = dict.fromkeys(row.element.rubric.criteria.all(), (level, MARK))
    return rotations.rate(
        row, levels=levels, accepted=accepted, remark="Thanks.", seen_version=row.version
    )


def test_from_the_plan_to_the_host_s_feedback(made, as_person):
    element = RotationFactory.build(enrolment=made.enrolment).element
    host = PersonFactory(name="Hana Host")
    data = facts(host=host.code, host_function=FunctionFactory(code="SVC").pk)
    data = {name: value for name, value in data.items() if value is not None}
    page = as_person(made.person).post(url_of(made.enrolment, element), data, follow=True)
    assertContains(page, "Hana Host")
    row = Rotation.objects.get()
    assert [one.url for one in waiting_for(host)] == [at("", row)]
    as_person(host).post(at("-agreement", row), {"version": row.version})
    row.refresh_from_db()
    assert row.state == "agreed"
    with pytest.raises(Refused, match="lasts until"):
        rotations.leave(row, by_product="A script.", seen_version=row.version)
    with time_machine.travel("2027-01-25T12:00:00+00:00", tick=False):
        data = {"version": row.version, "by_product": "A script."}
        over = [one.url for one in waiting_for(made.person) if "stays behind" in one.text]
        assert over == [at("", row)]
        as_person(made.person).post(at("-leaving", row), data)
        row.refresh_from_db()
        assert [one.url for one in waiting_for(host)] == [at("", row)]
        data = {"version": row.version, "accepted": "yes", "remark": ""}
        for one in row.element.rubric.criteria.all():
            data |= {f"level-{one.pk}": 3, f"reason-{one.pk}": "Seen."}
        as_person(host).post(at("-feedback", row), data)
    row.refresh_from_db()
    result = ElementResult.objects.get(element=element)
    assert (row.state, result.state, result.level, result.assessors) == ("passed", "done", 3, 1)
    assert result.agreed == ["host"]


def test_more_than_full_time_is_refused_with_the_list(made, as_person):
    with pytest.raises(Refused, match=r"2026-12-07 that would take 110 %.*50 %"):
        plan(made, allocation_percent=60)
    other = SeatFactory(
        person=made.person,
        allocation_percent=20,
        period=DateRange(date(2027, 1, 4), date(2027, 1, 11)),
    )
    with pytest.raises(Refused, match="2027-01-04 that would take 120"):
        plan(made)
    # A deputy takes the seat over.
    with pytest.raises(Refused, match="deputy"):
        plan(made, covered=[other])
    other.deputy = PersonFactory(name="Dora Deputy")
    other.save()
    row = plan(made, covered=[other])
    assert list(row.covered.all()) == [other]
    rotations.agree(row, seen_version=row.version)
    assert Notice.objects.filter(person=other.deputy, text__contains="stand in").exists()


def test_the_form_says_what_takes_the_time(made, as_person):
    element = RotationFactory.build(enrolment=made.enrolment).element
    data = facts(host=PersonFactory().code, allocation_percent=80)
    data["host_function"] = data["host_function"].pk
    data = {name: value for name, value in data.items() if value is not None}
    page = as_person(made.person).post(url_of(made.enrolment, element), data)
    assertContains(page, "130 % of working time", status_code=422)
    assert not Rotation.objects.exists()


def test_a_confidential_team_is_not_named_to_the_academy(made, house):
    hidden = ProductFactory(line=house.confidential_product.line, is_confidential=True).team
    SeatFactory(person=made.person, team=hidden, allocation_percent=40)
    element = RotationFactory.build(enrolment=made.enrolment).element
    with pytest.raises(Refused, match="another seat 40 %") as refused:
        rotations.plan(made.enrolment, element, by=made.lead, **facts())
    assert hidden.name not in str(refused.value)
    with pytest.raises(Refused, match=hidden.name):
        rotations.plan(made.enrolment, element, by=made.person, **facts())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"last": date(2027, 1, 10)}, "Too short"),
        ({"allocation_percent": 40}, "Too short"),
        ({"kind": "field", "allocation_percent": 50}, "Too short"),
        ({"last": date(2026, 12, 1)}, "Too short"),
    ],
)
def test_what_is_too_short_does_not_count(made, more, why):
    with pytest.raises(Refused, match=why):
        plan(made, **more)


def test_it_leads_out_of_the_own_function_and_to_another(made):
    with pytest.raises(Refused, match="out of the own function"):
        plan(made, host_function=made.person.function)
    with pytest.raises(Refused, match="own host"):
        plan(made, host=made.person)
    row = plan(made)
    with pytest.raises(Refused, match="planned or passed"):
        plan(made)
    with pytest.raises(Stale):
        rotations.agree(row, seen_version=99)


def test_a_changed_plan_asks_the_host_again_and_one_called_off_may_be_planned_anew(made):
    row = plan(made)
    rotations.agree(row, seen_version=row.version)
    row.refresh_from_db()
    row = rotations.change(
        row, by=made.person, seen_version=row.version, **facts(host=row.host, goal="Another.")
    )
    assert row.state == "planned"
    rotations.cancel(row, reason=WHY, by=row.host, seen_version=row.version)
    assert Notice.objects.filter(person=made.person, text__contains="called off").exists()
    assert plan(made).pk != row.pk


def test_feedback_is_read_by_learner_host_and_lead_alone(made, as_person):
    row = RotationFactory(enrolment=made.enrolment, state="left", by_product="A script.")
    rate(row, 3)
    row.refresh_from_db()
    assert row.state == "passed"
    for person in (made.person, row.host, made.lead):
        assertContains(as_person(person).get(at("", row)), MARK)
    for person in (made.mentor, made.manager):
        page = as_person(person).get(at("", row))
        assertContains(page, "Passed")
        assertNotContains(page, MARK)
    for person in (*made.others, made.second):
        assert as_person(person).get(at("", row)).status_code == 404
    assert MARK not in str([*Notice.objects.values(), *OutboxMessage.objects.values()])
    with pytest.raises(DatabaseError), transaction.atomic():
        RotationRating.objects.all().delete()


@pytest.mark.parametrize(("level", "accepted"), [(2, True), (4, False)])
def test_below_the_level_or_without_what_stays_behind_it_is_not_yet(made, level, accepted):
    row = RotationFactory(enrolment=made.enrolment, state="left", by_product="A script.")
    rate(row, level, accepted=accepted)
    row.refresh_from_db()
    assert row.state == "not_yet"
    with pytest.raises(Refused):
        rate(row, 5)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same(made, count, as_person, django_assert_max_num_queries, no_lazy_fetch):
    host = PersonFactory()
    for _n in range(count - 1):
        RotationFactory(enrolment=made.enrolment, host=host, state="cancelled")
    row = RotationFactory(enrolment=made.enrolment, host=host)
    row.covered.add(SeatFactory(person=made.person, deputy=host))
    for person in (made.person, host, made.lead, made.manager):
        client = as_person(person)
        for url in [reverse("teams:rotation-list"), at("", row)]:
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200
    client = as_person(made.person)
    with django_assert_max_num_queries(12):
        assert client.get(at("-edit", row)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_plans_at_once_do_not_take_more_than_full_time(house):
    made = learner_of(house)
    element = RotationFactory.build(enrolment=made.enrolment).element
    job = partial(rotations.plan, made.enrolment, element, by=made.person, **facts())
    done, refusals = at_once([job] * 4, refusals=Refused)
    assert (len(done), len(refusals)) == (1, 3)
