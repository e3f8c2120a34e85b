"""Reviews by colleagues: who is named, asked and answers, and what nobody learns of it."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ipd.kernel.access import Refused
from ipd.kernel.models import Notice, OutboxMessage
from teams.actions.academy import peer_reviews
from teams.models import ElementResult, PeerAnswer
from teams.queries.academy import peer_reviews as queries
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import EnrolmentFactory, MentorshipFactory
from tests.factories.academy_mentoring import PeerReviewFactory
from tests.factories.people import PersonFactory
from tests.teams.academy.peer_reviews import agreed, answered, closed, named

pytestmark = pytest.mark.django_db
INDEX = "/academy/peer-reviews/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def review(house):
    """The learner is the lead, the mentor the one for quality, the manager chairs the board."""
    row = PeerReviewFactory(enrolment=EnrolmentFactory(person=house.lpdt, manager=house.chair))
    MentorshipFactory(enrolment=row.enrolment, mentor=house.pqa)
    return row


def test_two_peers_a_manager_and_another_function_are_named_at_least(review):
    name = partial(peer_reviews.name, review, by=review.enrolment.person)
    name(person=PersonFactory(), group="peer")
    with pytest.raises(Refused, match=r"Two peers.*One manager.*another function"):
        peer_reviews.agree(review, by=PersonFactory(), seen_version=review.version + 1)
    assert peer_reviews.lacking(["peer", "peer", "manager", "other"]) == []
    assert peer_reviews.lacking(["peer", "peer", "manager"]) != []


def test_who_cannot_be_named(review, house):
    name = partial(peer_reviews.name, review, by=house.lpdt)
    own = PersonFactory(function=house.lpdt.function)
    there = name(person=PersonFactory(), group="peer").person
    for person, group in [
        (house.lpdt, "peer"),
        (house.pqa, "peer"),
        (own, "other"),
        (there, "manager"),
        (PersonFactory(is_active=False), "peer"),
    ]:
        with pytest.raises(Refused):
            name(person=person, group=group)


def test_the_mentor_agrees_and_the_colleagues_are_asked(review, house):
    raters = named(review)
    assert any("Agree who reviews" in wait.text for wait in waiting_for(house.pqa))
    row = peer_reviews.agree(review, by=house.pqa, seen_version=review.version)

    assert (row.state, row.due_on) == ("agreed", date(2026, 12, 6))
    assert OutboxMessage.objects.filter(recipient=raters[0].person).exists()
    assert [wait.url for wait in waiting_for(raters[0].person)] == [raters[0].get_absolute_url()]
    with pytest.raises(Refused):
        peer_reviews.unname(raters[0], by=house.lpdt)
    with pytest.raises(Refused):
        peer_reviews.name(row, person=PersonFactory(), group="peer", by=house.lpdt)
    extra = peer_reviews.name(row, person=PersonFactory(), group="peer", by=house.academy)
    assert waiting_for(extra.person)


def agreeing(person):
    return [wait.url for wait in waiting_for(person) if "Agree who reviews" in wait.text]


def test_without_a_mentor_the_academy_is_asked_to_agree(review, house):
    named(review)
    assert not agreeing(house.academy)
    review.enrolment.mentorships.update(state="ended", ended_on=date(2026, 11, 20))
    assert agreeing(house.academy) == [review.get_absolute_url()]
    assert not agreeing(house.pqa)


def test_nobody_is_asked_to_agree_before_all_are_named(review, house):
    named(review, ["peer", "other", "manager", "other"])
    assert not agreeing(house.pqa)


def test_when_too_few_answered_in_time_the_learner_is_told(review, house):
    row, _raters = agreed(review)
    assert not [wait for wait in waiting_for(house.lpdt) if "Too few" in wait.text]
    with time_machine.travel(row.due_on + timedelta(days=1), tick=False):
        assert peer_reviews.close_due() == 0
        (wait,) = [wait for wait in waiting_for(house.lpdt) if "Too few" in wait.text]
        assert (wait.url, wait.is_late) == (row.get_absolute_url(), True)


def test_an_answer_is_given_once_and_kept_by_the_database(review):
    _row, raters = agreed(review)
    give = partial(peer_reviews.answer, raters[0], comments=["", ""], by=raters[0].person)
    with pytest.raises(Refused, match="decline"):
        give(scores={})
    give(scores={"P01": 4})
    with pytest.raises(Refused):
        give(scores={"P01": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        PeerAnswer.objects.update(scores={"P01": 1})


def test_who_declines_is_asked_no_more_and_the_academy_is_told(review, house):
    _row, raters = agreed(review)
    peer_reviews.decline(raters[0], by=raters[0].person)
    assert not waiting_for(raters[0].person)
    told = Notice.objects.filter(dedupe_key__contains="declined")
    assert {notice.person for notice in told} == {house.lpdt, house.academy}
    with pytest.raises(Refused):
        peer_reviews.answer(raters[0], scores={"P01": 1}, comments=[], by=raters[0].person)


def test_fewer_than_four_answers_close_nothing(review):
    row, raters = agreed(review)
    for rater in raters[:3]:
        peer_reviews.answer(rater, scores={"P01": 3}, comments=[], by=rater.person)
    with pytest.raises(Refused):
        peer_reviews.close(row, by=None)
    with time_machine.travel("2026-12-07 09:00Z", tick=False):
        assert peer_reviews.close_due() == 0
        peer_reviews.answer(raters[3], scores={"P01": 3}, comments=[], by=raters[3].person)
        assert peer_reviews.close_due() == 1


def test_the_element_is_done_when_the_colleagues_were_told(review):
    def state():
        return ElementResult.objects.get().state

    row, raters = answered(review, [3, 3, 3, 3])
    assert state() == "started"
    row = peer_reviews.close(row, by=None)
    assert state() == "submitted"
    peer_reviews.tell_colleagues(
        row, keep="Listening", change="Calendar", by=row.enrolment.person, seen_version=row.version
    )
    assert state() == "done"
    assert Notice.objects.filter(person=raters[0].person, dedupe_key__contains="told").exists()


def test_scores_of_a_group_too_small_are_joined_with_all(review):
    row, _raters = closed(review, [5, 4, 2, 1])
    first = queries.result(row).items[0]
    assert (first.result.all.value, first.result.all.n, first.result.groups) == (3.0, 4, {})


def test_no_mean_tells_a_group_apart_whose_rest_is_one_person(review):
    groups = ["peer", "peer", "peer", "other", "other", "other", "manager"]
    row, _raters = closed(review, [5, 5, 5, 3, 3, 3, 1], groups=groups)
    shown = queries.result(row).items[0].result
    assert set(shown.groups) == {"peer"}


def test_nothing_is_added_up_before_the_review_is_closed(review):
    row, _raters = answered(review, [5, 4, 2, 1])
    assert queries.result(row) is None


def test_a_rater_compares_with_the_others_in_words_until_three_people(review):
    _row, raters = closed(review, [5, 3, 3, 3])
    found = queries.calibration(raters[0].person)
    assert (found.word, found.own, found.difference, found.others) == ("higher", 4.0, 1.0, None)
    assert queries.calibration(PersonFactory()) is None
