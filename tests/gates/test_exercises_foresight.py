"""Which gates are offered as exercises, what came of them, and how well one foresaw it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import exercises
from gates.models import Question, Review
from gates.models.reviews import Stage
from gates.queries import exercises as queries
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from tests.factories import ConditionFactory, EvidenceFactory, QuestionFactory
from tests.factories.rehearsals import ExerciseFactory
from tests.gates.exercising import LIST, answers, begun, posted
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db


def test_imported_history_is_an_exercise_from_its_rows(house, as_person):
    past = house.review(at="CDCP", stage=Stage.DECIDED, criteria__state="partly")
    client = as_person(house.outsider)
    address = reverse("gates:rehearsal-exercise-new")

    row_url = client.post(address, {"review": past.pk}).url

    assertContains(client.get(row_url), past.criteria.first().text)
    assert client.post(address, {"review": past.pk}).url == row_url


def test_a_pack_that_was_not_recorded_is_offered_when_asked_for(house, as_person):
    past = house.review(at="CDCP", stage=Stage.DECIDED, criteria__state="no_data")
    client = as_person(house.outsider)
    assertNotContains(client.get(LIST), f'value="{past.pk}"')
    assertContains(client.get(LIST, {"untold": "on"}), "pack not recorded")

    row = begun(past, house.outsider)
    page = client.get(row.get_absolute_url())

    assertContains(page, past.criteria.first().text)
    assertNotContains(page, "judged_0")
    client.post(row.get_absolute_url(), posted(past, row))
    assertContains(client.get(row.get_absolute_url()), "0 criteria you saw otherwise")


def test_a_second_attempt_is_offered_once_the_first_is_voted_on(house, as_person):
    first = house.review(at="CDCP", stage=Stage.DECIDED, ended_in="REDIRECT")
    again = house.review(at="CDCP", stage=Stage.DECIDED, attempt=2)

    offered = [row.pk for row in queries.to_do(house.outsider).rows]
    assert offered == [first.pk]

    ExerciseFactory(review=first, person=house.outsider, voted=True)
    assert [row.pk for row in queries.to_do(house.outsider).rows] == [again.pk]


def test_what_came_of_it_is_read_from_conditions_and_the_next_gate(house):
    past = house.review(at="CDCP", stage=Stage.DECIDED, ended_in="GO_COND")
    coming = house.review(at="PDCP", stage=Stage.DECIDED, ended_in="REDIRECT")
    Review.objects.filter(pk=coming.pk).update(baseline_on=coming.held_on - timedelta(days=12))
    due = today() - timedelta(days=10)
    ConditionFactory(review=past, due_on=due, state="verified", settled_on=due)

    came = queries.came_of([Review.objects.select_related("gate", "outcome").get(pk=past.pk)])[
        past.pk
    ]
    assert (came.settled, came.passed, came.slip) == (True, False, 12)

    ConditionFactory(review=past, due_on=due)
    came = queries.came_of([Review.objects.select_related("gate", "outcome").get(pk=past.pk)])[
        past.pk
    ]
    assert came.settled is False


def test_without_conditions_and_a_next_gate_nothing_is_judged(house):
    past = house.review(at="CDCP", stage=Stage.DECIDED)
    house.review(at="PDCP")

    came = queries.came_of([Review.objects.select_related("gate", "outcome").get(pk=past.pk)])[
        past.pk
    ]

    assert (came.settled, came.passed, came.slip) == (None, None, None)


def test_one_s_foresight_adds_up(house, as_person):
    past = house.review(at="CDCP", stage=Stage.DECIDED, ended_in="GO_COND")
    house.review(at="PDCP", stage=Stage.DECIDED)
    due = today() - timedelta(days=10)
    ConditionFactory(review=past, due_on=due, state="verified", settled_on=due)
    ExerciseFactory(
        review=past, person=house.outsider, voted=True, for_outcome="GO_COND", slip_days=10
    )

    page = as_person(house.outsider).get(LIST)

    told = page.context["foresight"]
    # Said 70 % and 90 %, both came true: (0.3² + 0.1²) / 2; ten days said, none came.
    assert told["brier"] == pytest.approx(0.05)
    assert (told["votes"], told["agreed"], told["misses"].bias) == (1, 1, -10)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    house, as_person, django_assert_max_num_queries, no_lazy_fetch, count
):
    gates = ["CHARTER", "CDCP", "PDCP"][:count]
    for at in gates:
        past = house.review(at=at, stage=Stage.DECIDED)
        ExerciseFactory(review=past, person=house.outsider, voted=True)
        ExerciseFactory(
            review=house.review(at=at.replace("DCP", "DCP"), stage=Stage.DECIDED, attempt=2),
            person=house.outsider,
        )
        house.review(at=at, stage=Stage.DECIDED, attempt=3)
    client = as_person(house.outsider)

    with django_assert_max_num_queries(12):
        assertContains(client.get(LIST), "Decided anew by you")


@pytest.mark.parametrize("count", [1, 3])
def test_an_exercise_and_its_result_cost_the_same(
    house, as_person, django_assert_max_num_queries, no_lazy_fetch, count
):
    past = house.review(stage=Stage.DECIDED)
    for criterion in past.criteria.all()[:count]:
        EvidenceFactory(criterion=criterion)
        QuestionFactory(criterion=criterion)
        ConditionFactory(review=past)
    Question.objects.update(asked_at=past.decided_at - timedelta(hours=1))
    row, client = begun(past, house.outsider), as_person(house.outsider)
    with django_assert_max_num_queries(12):
        client.get(row.get_absolute_url())
    exercises.vote(row, answers(past), codes=[], seen_version=1)

    with django_assert_max_num_queries(12):
        assertContains(client.get(row.get_absolute_url()), "What came of it")


@pytest.mark.django_db(transaction=True)
def test_it_is_begun_once_by_many_hands(house):
    past = house.review(stage=Stage.DECIDED)
    done, _refused = at_once(by_hands(lambda _n: exercises.start(past, by=house.outsider).pk))

    assert len(set(done)) == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_voted_on_once_by_many_hands(house):
    past = house.review(stage=Stage.DECIDED)
    row = exercises.start(past, by=house.outsider)

    def vote(number):
        given = answers(past, slip_days=number)
        return exercises.vote(row, given, codes=[], seen_version=1)

    done, refused = at_once(by_hands(vote), refusals=Refused)

    assert (len(done), len(refused)) == (1, 7)
