"""Tests before and after a path; what was done before it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from teams.actions.academy import attempts as actions
from teams.actions.academy import cohorts, earlier, progress
from teams.models import Attempt, ElementResult, PathTest
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_reading import (
    ReadingPlaceFactory,
    pool,
)
from tests.teams.academy.assessments import codes, fields, right_answers, url

pytestmark = pytest.mark.django_db


# Tests before and after a path ----------------------------------------------------------------


@pytest.fixture
def on_path(lpdt):
    """A learner whose path has a test before and one after, over two modules."""
    enrolment = EnrolmentFactory(person=lpdt)
    stage = PathStageFactory(path=enrolment.path)
    elements = {}
    for code, week, avoid in [("PRE", 1, ""), ("POST", 18, "PRE")]:
        elements[code] = PathElementFactory(
            stage=stage, kind="ASSESSMENT", code=code, from_week=week, to_week=week
        )
        PathTest.objects.create(
            path=enrolment.path,
            **{"code": code, "element": code, "avoid": avoid},
            **{"modules": ["M01", "M02"], "difficulties": [1]},
        )
    for code in ("M01", "M02"):
        pool(code)
    return enrolment, elements


def test_a_test_is_sat_once_and_reported(on_path, lpdt, as_person, in_week_1):
    enrolment, elements = on_path
    client, page = as_person(lpdt), reverse("teams:test", args=[elements["PRE"].pk])
    assertContains(client.get(page), "There is no cut score")
    client.post(f"{page}attempts/")
    attempt = Attempt.objects.get()
    title = elements["PRE"].title
    assertContains(client.get(url(attempt)), f"<h1><bdi>{title}</bdi></h1>")
    assertContains(client.get(reverse("teams:academy")), f"Go on with the assessment {title}")
    assertRedirects(client.post(url(attempt, "answers/")), page)
    assert {code[:3] for code in codes(attempt)} == {"M01", "M02"}
    given = fields(attempt, {1: 0, 2: 1})
    client.post(url(attempt, "submission/"), given)
    result = ElementResult.objects.get(enrolment=enrolment, element=elements["PRE"])
    assert (result.state, result.score) == ("done", 50)
    assert client.post(f"{page}attempts/").status_code == 409
    assertContains(client.get(page), "Your result")
    assertNotContains(client.get(url(attempt, "result/")), "Not yet")


def test_the_test_after_is_open_in_its_weeks_and_avoids_what_was_met(
    on_path, lpdt, as_person, in_week_1, time_machine
):
    enrolment, elements = on_path
    page = reverse("teams:test", args=[elements["POST"].pk])
    assertContains(as_person(lpdt).get(page), "Open from")
    assert as_person(lpdt).post(f"{page}attempts/").status_code == 409
    tests = {test.code: test for test in PathTest.objects.all()}
    first = actions.sit(tests["PRE"], elements["PRE"], enrolment, by=lpdt)
    actions.submit(first, {}, may_be_incomplete=True)
    time_machine.move_to(date(2026, 11, 23))
    for _try in range(5):
        second = actions.sit(tests["POST"], elements["POST"], enrolment, by=lpdt)
        assert codes(second).isdisjoint(codes(first))
        second.delete()


def test_a_test_is_there_for_the_learners_of_its_path_alone(
    on_path, house, outsider, as_person, in_week_1
):
    page = reverse("teams:test", args=[on_path[1]["PRE"].pk])
    for person in (outsider, house.academy, house.pqa):
        assert as_person(person).get(page).status_code == 404
        assert as_person(person).post(f"{page}attempts/").status_code == 404


def test_the_shipped_tests_ask_thirty_items_none_twice(curriculum, lpdt, in_week_1):
    path = curriculum_path()
    enrolment = EnrolmentFactory(person=lpdt, path=path, cohort=None, started_on="2026-01-05")
    enrolment.refresh_from_db()
    seen = []
    for code in ("PRE", "POST"):
        test = PathTest.objects.get(path=path, code=code)
        element = path.stages.get(elements__code=test.element).elements.get(code=test.element)
        attempt = actions.sit(test, element, enrolment, by=lpdt)
        seen.append(codes(attempt))
        actions.submit(attempt, {}, may_be_incomplete=True)
    assert [len(one) for one in seen] == [30, 30]
    assert seen[0].isdisjoint(seen[1])


def curriculum_path():
    return PathTest.objects.select_related("path").first().path


@pytest.fixture
def in_week_1(time_machine):
    time_machine.move_to("2026-07-28 09:00 +0000")


def test_who_has_left_the_path_sits_no_test(on_path, lpdt, as_person, in_week_1):
    enrolment, elements = on_path
    enrolment.state = "certified"
    enrolment.save()
    page = reverse("teams:test", args=[elements["PRE"].pk])
    assertContains(as_person(lpdt).get(page), "whoever is on the path now")
    assert as_person(lpdt).post(f"{page}attempts/").status_code == 409


# Before the path --------------------------------------------------------------------------------


def test_what_was_read_and_passed_before_counts_once_the_path_begins(lpdt, time_machine):
    time_machine.move_to("2026-07-20 09:00 +0000")
    made, enrolment = pool(), EnrolmentFactory(person=lpdt, state="waiting", started_on=None)
    stage = PathStageFactory(path=enrolment.path)
    for kind in ("MODULE", "ASSESSMENT"):
        PathElementFactory(stage=stage, kind=kind, code=kind, refs=["M01"])
    ReadingPlaceFactory(person=lpdt, module=made.module, read_at=timezone.now())
    attempt = actions.start(made, by=lpdt)
    actions.submit(attempt, right_answers(attempt))
    assert not ElementResult.objects.exists()
    time_machine.move_to("2026-07-27 09:00 +0000")
    cohorts.start(enrolment.cohort)
    done = ElementResult.objects.filter(ref="", state="done")
    assert set(done.values_list("element__code", "score")) == {
        ("MODULE", None),
        ("ASSESSMENT", 100),
    }


def test_an_older_version_that_was_read_does_not(lpdt):
    made, enrolment = pool(), EnrolmentFactory(person=lpdt)
    stage = PathStageFactory(path=enrolment.path)
    PathElementFactory(stage=stage, refs=["M01"])
    ReadingPlaceFactory(person=lpdt, module=made.module, version="2.0", read_at=timezone.now())
    earlier.count(enrolment)
    assert not ElementResult.objects.exists()


def test_what_counts_on_the_path_is_said_on_its_page(lpdt, as_person):
    enrolment, module = EnrolmentFactory(person=lpdt), pool().module
    stage = PathStageFactory(path=enrolment.path)
    for kind, page in (("MODULE", "module"), ("ASSESSMENT", "assessment")):
        element = PathElementFactory(stage=stage, kind=kind, code=kind, refs=[module.code])
        progress.report(enrolment, element, ref=module.code, state="done")
        url = reverse(f"teams:{page}", args=[module.code])
        assertContains(as_person(lpdt).get(url), "Your path counts it as")
