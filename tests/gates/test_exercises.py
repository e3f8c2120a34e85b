"""An exercise: decided anew from what was known then, and nothing else before the vote."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from gates.actions import decisions, exercises
from gates.models import Condition, Exercise, Question
from gates.models.reviews import Stage
from ipd.kernel.access import Refused, Stale
from tests.factories import EvidenceFactory, QuestionFactory
from tests.factories.rehearsals import ExerciseFactory
from tests.gates.exercising import LIST, WHY, answers, begun, posted
from tests.gates.helpers import condition, outcome, revealed, terms

pytestmark = pytest.mark.django_db
SECRETS = (
    "RATIONALE-SENTINEL",
    "OVERRIDE-SENTINEL",
    "DISSENT-SENTINEL",
    "CONDITION-SENTINEL",
    "VOTE-SENTINEL",
    "LATER-SENTINEL",
)


@pytest.fixture
def decided(house):
    """Decided here with votes, reasons, a dissent, a condition, and a question after it."""
    review = revealed(house)
    review.votes.standing().filter(voter=house.finance).update(superseded_at=timezone.now())
    row = review.votes.filter(voter=house.finance).last()
    row.pk, row.superseded_at, row.reason = None, None, "VOTE-SENTINEL"
    row.save()
    criterion = review.criteria.first()
    EvidenceFactory(criterion=criterion, title="Business plan")
    early = QuestionFactory(criterion=criterion, text="Asked before the vote?")
    Question.objects.filter(pk=early.pk).update(asked_at=timezone.now() - timedelta(hours=2))
    decisions.decide(
        review,
        by=house.chair,
        seen_version=review.version,
        outcome=outcome(review, "GO_COND"),
        terms=terms(
            rationale="RATIONALE-SENTINEL " + WHY,
            override_rationale="OVERRIDE-SENTINEL the board heard every objection to the supply.",
            conditions=[condition(house, text="CONDITION-SENTINEL")],
            dissents=[(house.finance, "DISSENT-SENTINEL")],
        ),
    )
    QuestionFactory(criterion=criterion, text="LATER-SENTINEL")
    review.refresh_from_db()
    return review


def test_before_the_vote_nothing_of_the_decision_is_sent(decided, house, as_person):
    row = begun(decided, house.outsider)

    page = as_person(house.outsider).get(row.get_absolute_url())

    assertContains(page, "Business plan")
    assertContains(page, "Asked before the vote?")
    for secret in SECRETS:
        assertNotContains(page, secret)
    decision = decided.decisions.get()
    for address in (
        decision.get_absolute_url(),
        decided.get_absolute_url(),
        decided.product.get_absolute_url(),
        *(row.get_absolute_url() for row in Condition.objects.filter(review=decided)),
    ):
        assertNotContains(page, f'"{address}"')
    assert not any(secret in str(dict(page.headers)) for secret in SECRETS)
    assert page.context["review"].outcome.name not in str(page.context["known"])


def test_an_answer_given_after_the_decision_is_not_known(decided, house, as_person):
    late = Question.objects.get(text="Asked before the vote?")
    Question.objects.filter(pk=late.pk).update(
        answer="LATER-ANSWER", answered_by=house.lpdt, answered_at=timezone.now()
    )
    row = begun(decided, house.outsider)

    page = as_person(house.outsider).get(row.get_absolute_url())

    assertNotContains(page, "LATER-ANSWER")
    assertContains(page, "was not answered")


def test_the_vote_opens_the_decision_and_what_came(decided, house, as_person):
    client, row = as_person(house.outsider), begun(decided, house.outsider)

    assertRedirects(
        client.post(row.get_absolute_url(), posted(decided, row)), row.get_absolute_url()
    )

    page = client.get(row.get_absolute_url())
    for secret in SECRETS[:5]:
        assertContains(page, secret)
    assertContains(page, WHY)
    row.refresh_from_db()
    assert (row.settled_chance, row.passed_chance, row.slip_days) == (70, 30, 14)
    assert set(row.judged.values()) == {"partly"}


def test_what_is_kept_is_filled_in_again_and_shows_nothing(decided, house, as_person):
    client, row = as_person(house.outsider), begun(decided, house.outsider)

    client.post(
        row.get_absolute_url(),
        {"version": 1, "step": "keep", "reason": "Half a reason", "judged_0": "met"},
    )

    page = client.get(row.get_absolute_url())
    assertContains(page, "Half a reason")
    assertNotContains(page, SECRETS[0])
    row.refresh_from_db()
    assert row.voted_at is None
    assert list(row.judged.values()) == ["met"]


@pytest.mark.parametrize(
    "left_out",
    [
        {"outcome": ""},
        {"reason": "short"},
        {"settled_chance": ""},
        {"slip_days": ""},
        {"judged_0": ""},
    ],
)
def test_a_vote_says_everything(decided, house, as_person, left_out):
    row = begun(decided, house.outsider)

    page = as_person(house.outsider).post(row.get_absolute_url(), posted(decided, row, **left_out))

    assert page.status_code == 422
    assertNotContains(page, SECRETS[0], status_code=422)
    row.refresh_from_db()
    assert row.voted_at is None


@pytest.mark.parametrize(
    "fields",
    [
        {"judged": {}},
        {"outcome": None},
        {"reason": "short"},
        {"settled_chance": 42},
        {"passed_chance": None},
        {"slip_days": 5000},
    ],
)
def test_the_action_refuses_what_is_missing(decided, house, fields):
    row = begun(decided, house.outsider)
    codes = [one.code for one in decided.criteria.all()]

    with pytest.raises(Refused):
        exercises.vote(row, answers(decided, **fields), codes=codes, seen_version=1)


def test_who_voted_says_nothing_more(decided, house):
    row = begun(decided, house.outsider)
    exercises.vote(row, answers(decided), codes=[], seen_version=1)

    with pytest.raises(Refused):
        exercises.keep(row, answers(decided), seen_version=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exercise.objects.filter(pk=row.pk).update(slip_days=0)


def test_another_window_s_answers_are_not_overwritten(decided, house):
    row = begun(decided, house.outsider)
    exercises.keep(row, answers(decided), seen_version=1)

    with pytest.raises(Stale):
        exercises.keep(row, answers(decided), seen_version=1)


def test_only_decided_real_gates_become_exercises(house):
    coming = house.review()

    with pytest.raises(Refused):
        exercises.start(coming, by=house.outsider)


def test_it_is_one_s_own_and_nobody_else_s(decided, house, as_person):
    row = begun(decided, house.outsider)
    exercises.vote(row, answers(decided, reason="REASON-SENTINEL " + WHY), codes=[], seen_version=1)

    for other in (house.administrator, house.academy, house.lpdt, house.chair):
        client = as_person(other)
        assert client.get(row.get_absolute_url()).status_code == 404
        for address in (
            LIST,
            decided.get_absolute_url(),
            decided.decisions.get().get_absolute_url(),
        ):
            assertNotContains(client.get(address), "REASON-SENTINEL")


def test_a_product_one_may_not_see_has_no_exercise(house, as_person):
    hidden = house.review(product=house.confidential_product, stage=Stage.DECIDED)
    row = ExerciseFactory(review=hidden, person=house.outsider)
    client = as_person(house.outsider)

    assert client.get(row.get_absolute_url()).status_code == 404
    address = reverse("gates:rehearsal-exercise-new")
    assert client.post(address, {"review": hidden.pk}).status_code == 404
    assertNotContains(client.get(LIST), hidden.product.name)


def test_who_was_there_is_told_and_not_counted(decided, house, as_person):
    row = begun(decided, house.chair)

    assert row.was_there
    assert not begun(decided, house.outsider).was_there
    exercises.vote(row, answers(decided), codes=[], seen_version=1)
    assertContains(as_person(house.chair).get(LIST), "After your first vote")
