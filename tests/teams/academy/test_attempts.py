"""An attempt is answered, kept meanwhile, handed in once, and counted."""

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django.asserts import assertContains

from ipd.kernel.access import Refused
from teams.actions.academy import attempts as actions
from teams.models import Attempt, ElementResult, ModuleItem
from teams.queries.academy import attempts as queries
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_reading import AttemptFactory, pool
from tests.races import at_once, by_hands
from tests.teams.academy.assessments import codes, fields, right_answers, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return pool()


@pytest.fixture
def attempt(made, lpdt):
    return actions.start(made, by=lpdt)


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
