"""Assessments: drawn, answered, handed in once, waited between; tests before and after a path."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused
from teams.actions.academy import attempts as actions
from teams.models import Attempt, ElementResult, ItemPool, ModuleItem, PathTest
from teams.queries.academy import attempts as queries
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_reading import AttemptFactory, SubmittedFactory, pool
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db
PAGE = "/academy/assessments/M01/"


def codes(attempt):
    return {line["code"] for line in attempt.sheet}


def right_answers(attempt):
    """By the number of the line; the first option as stored is the right one."""
    return {number: 0 for number, _line in enumerate(attempt.sheet, 1)}


def fields(attempt, answers):
    """As the browser sends them: shown places by the name of the question."""
    return {
        f"q{number}": str(attempt.sheet[number - 1]["order"].index(answer))
        for number, answer in answers.items()
    }


@pytest.fixture
def made():
    return pool()


@pytest.fixture
def attempt(made, lpdt):
    return actions.start(made, by=lpdt)


def url(attempt, what=""):
    return f"/academy/attempts/{attempt.pk}/{what}"


# Beginning ------------------------------------------------------------------------------------


def test_an_attempt_draws_what_the_blueprint_says(made, lpdt, as_person):
    assertContains(as_person(lpdt).get(PAGE), "2 of 2 (80 %)")
    answer = as_person(lpdt).post(f"{PAGE}attempts/")
    attempt = Attempt.objects.get()
    assert answer["Location"] == url(attempt)
    assert (attempt.asked, len(codes(attempt)), attempt.cut_percent) == (2, 2, 80)
    assert all(sorted(line["order"]) == [0, 1, 2] for line in attempt.sheet)


def test_an_open_attempt_is_gone_on_with(made, attempt, lpdt, as_person):
    assert actions.start(made, by=lpdt) == attempt
    assertContains(as_person(lpdt).get(PAGE), "Go on with your attempt")
    assert [str(wait.text) for wait in waiting_for(lpdt) if "assessment" in wait.text] == [
        "Go on with the assessment M01"
    ]


def test_the_next_attempt_waits_and_asks_other_items(made, attempt, lpdt, time_machine, as_person):
    time_machine.move_to("2026-11-22 09:00 +0000", tick=False)
    actions.submit(attempt, {1: 1, 2: 1})
    with pytest.raises(Refused, match="The next attempt is possible from 2026-11-23"):
        actions.start(made, by=lpdt)
    assertContains(as_person(lpdt).get(PAGE), "The next attempt is possible from")
    assert as_person(lpdt).post(f"{PAGE}attempts/").status_code == 409
    time_machine.move_to("2026-11-23 08:59 +0000", tick=False)
    with pytest.raises(Refused):
        actions.start(made, by=lpdt)
    time_machine.move_to("2026-11-23 09:00 +0000", tick=False)
    second = actions.start(made, by=lpdt)
    assert second.number == 2
    assert codes(second).isdisjoint(codes(attempt))


def test_a_pool_without_other_items_asks_the_same(lpdt, time_machine):
    made = pool(items=3)
    first = actions.submit(actions.start(made, by=lpdt), {1: 1, 2: 1}, may_be_incomplete=True)
    time_machine.move_to(first.submitted_at + timedelta(hours=25))
    second = actions.start(made, by=lpdt)
    assert len(codes(second) - codes(first)) == 1


def test_an_item_that_was_changed_counts_as_the_same(lpdt, time_machine):
    made = pool(items=4)
    first = actions.submit(actions.start(made, by=lpdt), {1: 1, 2: 1})
    for old in ModuleItem.objects.filter(code__in=codes(first)):
        old.retired_at = first.submitted_at
        old.save()
        old.pk, old.number, old.retired_at = None, 2, None
        old.save()
    time_machine.move_to(first.submitted_at + timedelta(hours=25))
    assert codes(actions.start(made, by=lpdt)).isdisjoint(codes(first))


def test_who_has_passed_is_not_asked_again(made, attempt, lpdt, as_person):
    actions.submit(attempt, right_answers(attempt))
    with pytest.raises(Refused, match="passed"):
        actions.start(made, by=lpdt)
    assertContains(as_person(lpdt).get(PAGE), "nothing more is asked")
    ItemPool.objects.update(version="4.0")
    assert actions.start(ItemPool.objects.get(), by=lpdt).number == 2


def test_too_few_items_refuse(lpdt):
    with pytest.raises(Refused, match="too few items about M01-O1"):
        actions.start(pool(items=1), by=lpdt)


def test_a_module_without_a_pool_has_no_assessment(outsider, as_person):
    assert as_person(outsider).get("/academy/assessments/M99/").status_code == 404


def test_every_cell_of_the_shipped_pools_is_drawn_in_full(curriculum, lpdt):
    for made in ItemPool.objects.select_related("module"):
        attempt = actions.start(made, by=lpdt)
        items = ModuleItem.objects.in_bulk(line["item"] for line in attempt.sheet)
        assert len(items) == made.draw >= 8
        for cell in made.cells:
            inside = [
                item
                for item in items.values()
                if item.objective == cell["objective"] and item.difficulty in cell["difficulties"]
            ]
            assert len(inside) == cell["draw"]


def test_each_item_and_each_order_comes_up(lpdt):
    """Forty draws: every item of four, and every first place of three options."""
    made, seen, first = pool(), Counter(), Counter()
    for _draw in range(40):
        attempt = actions.start(made, by=lpdt)
        seen.update(codes(attempt))
        first.update(line["order"][0] for line in attempt.sheet)
        attempt.delete()
    assert (len(seen), len(first)) == (4, 3)


# Answering ------------------------------------------------------------------------------------


def test_answers_are_kept_while_one_answers(attempt, lpdt, as_person):
    client = as_person(lpdt)
    given = fields(attempt, {1: 2})
    part = client.post(url(attempt, "answers/"), given, headers={"HX-Request": "true"})
    assertContains(part, "1 of 2 answered")
    attempt.refresh_from_db()
    assert attempt.sheet[0]["answer"] == 2
    assertContains(client.get(url(attempt)), f'value="{given["q1"]}" checked')
    assert client.post(url(attempt, "answers/"), given)["Location"] == "/academy/modules/"


def test_kinds_of_answers_are_kept_and_judged(lpdt, as_person):
    made = pool(items=2)
    one, two = ModuleItem.objects.order_by("code")
    steps = {"steps": ["A", "B", "C"]}
    ModuleItem.objects.filter(pk=one.pk).update(kind="order", content=steps)
    number = {"answer": 14.0, "tolerance": 0.1, "unit": "days"}
    ModuleItem.objects.filter(pk=two.pk).update(kind="number", content=number)
    attempt = actions.start(made, by=lpdt)
    ordered = next(n for n, line in enumerate(attempt.sheet, 1) if line["item"] == one.pk)
    order = attempt.sheet[ordered - 1]["order"]
    given = {f"q{ordered}-{place}": str(at + 1) for place, at in enumerate(order)}
    client = as_person(lpdt)
    bad = client.post(url(attempt, "submission/"), given | {f"q{3 - ordered}": "many"})
    assertContains(bad, "Give a number", status_code=422)
    client.post(url(attempt, "submission/"), given | {f"q{3 - ordered}": "13,95"})
    attempt.refresh_from_db()
    assert (attempt.right, attempt.passed) == (2, True)
    assert attempt.sheet[ordered - 1]["answer"] == [0, 1, 2]
    assertContains(client.get(url(attempt, "result/")), "14 days")


def test_several_options_are_right_together(lpdt):
    made = pool(items=2)
    options = [{"text": text, "right": text != "C"} for text in "ABC"]
    ModuleItem.objects.update(kind="multiple", content={"options": options})
    attempt = actions.submit(actions.start(made, by=lpdt), {1: [0, 1], 2: [0, 1, 2]})
    assert [line["right"] for line in attempt.sheet] == [True, False]


def test_what_is_open_has_to_be_meant(attempt, lpdt, as_person):
    client, given = as_person(lpdt), fields(attempt, {1: 0})
    page = client.post(url(attempt, "submission/"), given)
    assertContains(page, "Not answered yet", status_code=422)
    assertContains(page, "checked", status_code=422)
    assert Attempt.objects.get().is_open
    client.post(url(attempt, "submission/"), given | {"incomplete": "on"})
    attempt.refresh_from_db()
    assert (attempt.right, attempt.score, attempt.passed) == (1, 50, False)
    with pytest.raises(Refused, match="handed in"):
        actions.submit(attempt, {})


def test_an_attempt_is_handed_in_once(attempt, lpdt, as_person):
    client, given = as_person(lpdt), fields(attempt, right_answers(attempt))
    assert client.post(url(attempt, "submission/"), given)["Location"] == url(attempt, "result/")
    assert client.post(url(attempt, "submission/"), given).status_code == 409
    assert client.post(url(attempt, "answers/"), given).status_code == 409
    assertContains(client.get(url(attempt, "result/")), "Because it is so.")
    assert client.get(url(attempt))["Location"] == url(attempt, "result/")


def test_a_submitted_attempt_never_changes(attempt):
    actions.submit(attempt, right_answers(attempt))
    connection.check_constraints()
    for change in (
        lambda: Attempt.objects.update(score=10),
        lambda: Attempt.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE teams_attempt"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_passing_counts_on_the_path(made, attempt, lpdt):
    enrolment = EnrolmentFactory(person=lpdt)
    stage = PathStageFactory(path=enrolment.path)
    PathElementFactory(stage=stage, kind="ASSESSMENT", refs=["M01"])
    actions.submit(attempt, {1: 0, 2: 1})
    assert ElementResult.objects.get(ref="M01").state == "failed"
    other = AttemptFactory(person=lpdt, module=made.module, number=2)
    actions.submit(other, {1: 0})
    assert ElementResult.objects.get(ref="M01").state == "done"
    assert ElementResult.objects.get(ref="").score == 100


def test_seven_of_eight_are_eighty_percent():
    assert (queries.needed(8, 80), queries.needed(2, 80), queries.needed(10, 80)) == (7, 2, 8)


# At one moment --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_one_moment_begin_one_attempt(process, house):
    made = pool()
    done, refused = at_once(by_hands(lambda _hand: actions.start(made, by=house.lpdt)))
    assert (len({attempt.pk for attempt in done}), refused) == (1, [])
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_one_moment_count_once(process, house):
    attempt = actions.start(pool(), by=house.lpdt)
    answers = right_answers(attempt)
    done, refused = at_once(
        by_hands(lambda _hand: actions.submit(attempt, answers)), refusals=Refused
    )
    assert (len(done), len(refused)) == (1, 7)
    counted = [item.statistic.n for item in ModuleItem.objects.filter(code__in=codes(attempt))]
    assert counted == [1, 1]


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


# What pages cost ------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_one_attempt_and_three(
    rows, lpdt, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    made = pool(draw=rows)
    for number in range(1, rows + 1):
        last = SubmittedFactory(person=lpdt, module=made.module, number=number)
    attempt = AttemptFactory(person=lpdt, module=made.module, number=rows + 1)
    client = as_person(lpdt)
    for page in (PAGE, url(attempt), url(last, "result/")):
        with django_assert_max_num_queries(9):
            assert client.get(page).status_code == 200
