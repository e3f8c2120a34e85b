"""Assessing, owning, proving and asking, through the pages."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import Waiver
from gates.models.reviews import Stage
from ipd.kernel.days import add_working_days, today
from tests.factories import PASSWORD, QuestionFactory, WaiverFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def criterion(house):
    return house.review(criteria__state="no_data").criteria.get(code="PD-05")


@pytest.fixture
def url(criterion):
    return reverse("gates:criterion", args=[criterion.pk])


def test_the_team_assesses_and_the_readiness_moves(criterion, url, house, as_person):
    sent = {"state": "met", "comment": "Signed by all lines.", "version": criterion.version}

    assert as_person(house.core_member).post(url, sent).status_code == 302

    criterion.refresh_from_db()
    assert (criterion.state, criterion.assessed_by) == ("met", house.core_member)
    assert criterion.review.readiness_percent > 0


def test_a_judgement_short_of_met_says_what_is_missing(criterion, url, house, as_person):
    sent = {"state": "not_met", "comment": " ", "version": criterion.version}

    response = as_person(house.core_member).post(url, sent)

    assertContains(response, "Say in a sentence what is missing.", status_code=422)


def test_a_stale_judgement_is_refused_and_its_text_kept(criterion, url, house, as_person):
    text = "The second supplier has not quoted yet, we expect it on Friday."
    sent = {"state": "partly", "comment": text, "version": criterion.version}
    as_person(house.core_member).post(url, {**sent, "state": "met"})

    response = as_person(house.lpdt).post(url, sent)

    assertContains(response, text, status_code=409)


def test_deciders_and_strangers_do_not_assess(criterion, url, house, as_person):
    sent = {"state": "met", "comment": "", "version": criterion.version}

    for person in (house.chair, house.member, house.secretary, house.outsider):
        assert as_person(person).post(url, sent).status_code == 403
        assertNotContains(as_person(person).get(url), ">Assess<")


def test_in_place_the_answer_is_the_row_and_nothing_else(criterion, url, house, as_person):
    client = as_person(house.core_member)

    response = client.get(url, headers=HTMX)

    assertContains(response, f'<tbody id="criterion-{criterion.pk}"')
    assertNotContains(response, "<html")
    assert "HX-Request" in response["Vary"]
    sent = {"state": "met", "comment": "", "version": criterion.version}
    response = client.post(url, sent, headers=HTMX, follow=True)
    assertContains(response, 'data-tone="on"')
    assertContains(response, "is assessed.")


@pytest.mark.parametrize("count", [1, 3])
def test_a_criterion_costs_the_same_whatever_its_size(
    criterion, url, house, as_person, django_assert_max_num_queries, no_lazy_fetch, count
):
    QuestionFactory.create_batch(count, criterion=criterion, asked_by=house.member)
    client = as_person(house.lpdt)

    with django_assert_max_num_queries(10):
        assert client.get(url).status_code == 200


def test_the_leader_gives_a_criterion_to_a_member_of_the_team(criterion, house, as_person):
    url = reverse("gates:criterion-owner", args=[criterion.pk])

    assert as_person(house.lpdt).post(url, {"owner": house.core_member.pk}).status_code == 302
    assert as_person(house.lpdt).post(url, {"owner": house.outsider.pk}).status_code == 422
    assert as_person(house.member).post(url, {"owner": house.core_member.pk}).status_code == 403

    criterion.refresh_from_db()
    assert criterion.owner == house.core_member


def test_a_question_is_asked_by_the_body_and_answered_by_the_team(criterion, house, as_person):
    ask = reverse("gates:criterion-question", args=[criterion.pk])

    assert as_person(house.member).post(ask, {"text": "Which lab?"}).status_code == 302
    assert as_person(house.core_member).post(ask, {"text": "Which?"}).status_code == 403

    question = criterion.questions.get()
    answer = reverse("gates:question-answer", args=[question.pk])
    assert as_person(house.member).post(answer, {"text": "Ours."}).status_code == 403
    assert as_person(house.core_member).post(answer, {"text": ""}).status_code == 422
    assert as_person(house.core_member).post(answer, {"text": "Ours."}).status_code == 302
    assert as_person(house.core_member).post(answer, {"text": "No."}).status_code == 409
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("Ours.", house.core_member)


def test_a_waiver_is_asked_by_the_leader_and_signed_by_two_with_their_passwords(
    criterion, house, as_person
):
    ask = reverse("gates:criterion-waiver", args=[criterion.pk])
    sent = {
        "reason": "The certificate arrives after the pilot run.",
        "expires_on": add_working_days(today(), 60).isoformat(),
    }
    assert as_person(house.core_member).post(ask, sent).status_code == 403
    assert as_person(house.lpdt).post(ask, sent).status_code == 302

    waiver = Waiver.objects.get()
    url = waiver_url = reverse("gates:waiver", args=[waiver.pk])
    head = criterion.function.head
    wrong = as_person(house.chair).post(url, {"password": "guess"})
    assertContains(wrong, "not your password", status_code=422)
    assert as_person(house.lpdt).post(url, {"password": PASSWORD}).status_code == 403
    assert as_person(house.chair).post(waiver_url, {"password": PASSWORD}).status_code == 302
    assert as_person(house.chair).post(waiver_url, {"password": PASSWORD}).status_code == 409
    assert as_person(head).post(waiver_url, {"password": PASSWORD}).status_code == 302
    waiver.refresh_from_db()
    assert waiver.is_signed
    assertContains(as_person(house.member).get(url), "Signed")


def test_guessing_a_password_is_stopped(house, as_person):
    criterion = house.review(stage=Stage.LOCKED, criteria__state="not_met").criteria.first()
    waiver = WaiverFactory(criterion=criterion, requested_by=house.lpdt)
    client = as_person(house.chair)
    url = reverse("gates:waiver", args=[waiver.pk])

    answers = [client.post(url, {"password": "guess"}) for _ in range(12)]

    assertContains(answers[-1], "Too many attempts", status_code=422)
    assert client.post(url, {"password": PASSWORD}).status_code == 422
