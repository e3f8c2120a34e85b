"""Mentors and learners: who is asked, who may, how many, and what the path learns of it."""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice
from teams.actions.academy import mentoring, mentoring_sessions
from teams.models import ElementResult, Mentorship
from teams.queries.academy import mentoring as pairs
from teams.queries.academy.doors import url_of
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import (
    EnrolmentFactory,
    MentorshipFactory,
    PathElementFactory,
    PathStageFactory,
)
from tests.factories.academy_mentoring import MentoringSessionFactory, MentorOfferFactory
from tests.factories.people import FunctionFactory, PersonFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def mentor():
    return MentorOfferFactory().person


@pytest.fixture
def pair(enrolment):
    return MentorshipFactory(enrolment=enrolment)


def ask(enrolment, mentor, **more):
    return mentoring.propose(
        enrolment, mentor=mentor, by=enrolment.person, **{"runs": False, **more}
    )


def full(mentor):
    for _place in range(3):
        MentorshipFactory(mentor=mentor)


def test_a_mentor_is_asked_and_accepts(enrolment, mentor):
    row = ask(enrolment, mentor)
    assert row.state == "proposed"
    assert [wait.text for wait in waiting_for(mentor)] == [
        f"{enrolment.person.name} asks you to be their mentor"
    ]

    row = mentoring.accept(row, by=mentor, seen_version=row.version)

    assert (row.state, row.started_on) == ("active", TODAY)
    assert Notice.objects.filter(person=enrolment.person, dedupe_key__contains="accepted")
    with pytest.raises(Refused):
        mentoring.accept(row, by=mentor, seen_version=row.version)


def test_who_declines_frees_the_place_and_somebody_else_may_be_asked(enrolment, mentor):
    row = ask(enrolment, mentor)
    mentoring.decline(row, by=mentor, seen_version=row.version)

    other = MentorOfferFactory().person
    assert ask(enrolment, other).mentor == other
    assert not Mentorship.objects.standing().filter(mentor=mentor).exists()


@pytest.mark.parametrize("who", ["learner", "manager", "no offer", "closed offer", "left"])
def test_who_cannot_be_a_mentor(enrolment, who):
    person = {
        "learner": enrolment.person,
        "manager": enrolment.manager,
        "left": PersonFactory(is_active=False),
    }.get(who) or PersonFactory()
    if who != "no offer":
        MentorOfferFactory(person=person, is_open=who != "closed offer")
    with pytest.raises(Refused):
        ask(enrolment, person)


def test_one_mentor_at_a_time(enrolment, mentor):
    ask(enrolment, mentor)
    with pytest.raises(Refused):
        ask(enrolment, MentorOfferFactory().person)


def test_a_fourth_learner_is_refused_but_for_a_reason_of_who_runs_the_academy(enrolment, mentor):
    full(mentor)
    with pytest.raises(Refused):
        ask(enrolment, mentor)
    with pytest.raises(Refused):
        ask(enrolment, mentor, reason="I want them.")
    with pytest.raises(Refused):
        ask(enrolment, mentor, runs=True, reason=" ")

    row = ask(enrolment, mentor, runs=True, reason="Nobody else speaks Czech.")

    assert row.exceeds == "Nobody else speaks Czech."
    assert LedgerEntry.objects.get(kind="mentor above the limit").body["learners"] == 4


def test_the_database_refuses_a_fourth_whoever_writes_it(mentor):
    full(mentor)
    with pytest.raises(IntegrityError, match="three learners"), transaction.atomic():
        MentorshipFactory(mentor=mentor)
    with pytest.raises(IntegrityError, match="three learners"), transaction.atomic():
        Mentorship.objects.bulk_create(
            [
                Mentorship(enrolment=EnrolmentFactory(), mentor=other, started_on=TODAY)
                for other in [PersonFactory()] * 4
            ]
        )
    # What a pair does later is not asked again.
    Mentorship.objects.filter(mentor=mentor).update(goals="Listen.")


def test_who_ends_a_pair_says_no_reason_and_the_other_is_told(pair):
    row = mentoring.end(pair, by=pair.enrolment.person, seen_version=pair.version)

    assert (row.state, row.ended_on) == ("ended", TODAY)
    assert Notice.objects.filter(person=pair.mentor).count() == 1
    with pytest.raises(Refused):
        mentoring.end(row, by=pair.mentor, seen_version=row.version)


def test_a_pair_that_moved_on_is_not_ended_unseen(pair):
    mentoring_sessions.set_goals(pair, goals="Listen.", by=pair.mentor, seen_version=pair.version)
    with pytest.raises(Stale):
        mentoring.end(pair, by=pair.mentor, seen_version=pair.version)


def elements_of(enrolment):
    """The mentoring of the shipped path."""
    spans = {"E-MENTOR": (1, 1), "A-MENTOR": (5, 12), "R-MENTOR": (13, 18)}
    return {
        code: PathElementFactory(
            stage=PathStageFactory(path=enrolment.path, number=number),
            code=code,
            kind="MENTORING",
            from_week=first,
            to_week=last,
        )
        for number, (code, (first, last)) in enumerate(spans.items())
    }


def states(enrolment):
    rows = ElementResult.objects.filter(enrolment=enrolment)
    return dict(rows.values_list("element__code", "state"))


def test_sessions_count_for_the_weeks_in_which_they_are_held(pair):
    enrolment = pair.enrolment
    elements_of(enrolment)

    def meet(week):
        day = enrolment.started_on + timedelta(weeks=week - 1)
        mentoring_sessions.meet(pair, held_on=day, minutes=60, theme="", by=pair.mentor)
        return states(enrolment)

    assert meet(1) == {"E-MENTOR": "done"}
    assert meet(2) == {"E-MENTOR": "done"}
    assert meet(4) == {"E-MENTOR": "done", "A-MENTOR": "started"}
    meet(7)
    assert meet(10) == {"E-MENTOR": "done", "A-MENTOR": "done"}
    assert meet(13)["R-MENTOR"] == "started"


def test_sessions_with_a_former_mentor_count_too(pair):
    elements_of(pair.enrolment)
    MentoringSessionFactory(mentorship=pair)
    pair = mentoring.end(pair, by=pair.mentor, seen_version=pair.version)
    after = MentorshipFactory(enrolment=pair.enrolment)
    day = date(2026, 9, 1)
    mentoring_sessions.meet(after, held_on=day, minutes=60, theme="", by=after.mentor)

    assert states(pair.enrolment) == {"E-MENTOR": "done", "A-MENTOR": "started"}


def test_sessions_are_noted_once_a_day_and_when_held(pair):
    meet = partial(mentoring_sessions.meet, pair, minutes=60, theme="", by=pair.mentor)
    meet(held_on=TODAY)
    for day in (TODAY, TODAY + timedelta(days=1), pair.started_on - timedelta(days=1)):
        with pytest.raises(Refused):
            meet(held_on=day)


def test_after_three_weeks_both_are_reminded_once(pair):
    MentoringSessionFactory(mentorship=pair, held_on=TODAY - timedelta(days=21))
    assert mentoring_sessions.remind() == 0

    with time_machine.travel("2026-11-23 09:00Z", tick=False):
        assert mentoring_sessions.remind() == 1
        mentoring_sessions.remind()
        assert Notice.objects.count() == 2
        assert any("three weeks are over" in wait.text for wait in waiting_for(pair.mentor))


def test_in_the_sixth_week_both_say_how_it_goes(pair, house):
    say = partial(mentoring_sessions.say_how_it_goes, pair, text="")
    say(health="well", by=pair.mentor)
    assert not Notice.objects.exists()
    say(health="end", by=pair.enrolment.person)
    assert Notice.objects.get().person == house.academy
    with pytest.raises(Refused):
        say(health="well", by=pair.mentor)


def test_nobody_is_asked_before_the_sixth_week(enrolment):
    pair = MentorshipFactory(enrolment=enrolment, started_on=TODAY - timedelta(days=34))
    with pytest.raises(Refused):
        mentoring_sessions.say_how_it_goes(pair, health="well", text="", by=pair.mentor)
    assert not any("how mentoring goes" in wait.text for wait in waiting_for(pair.mentor))
    with time_machine.travel("2026-11-23 09:00Z", tick=False):
        assert any("how mentoring goes" in wait.text for wait in waiting_for(pair.mentor))


def test_shared_actions_belong_to_one_of_the_two_and_are_done_once(pair, outsider):
    agree = partial(mentoring_sessions.agree, pair, text="Ask", due_on=TODAY, by=pair.mentor)
    with pytest.raises(Refused):
        agree(person=outsider)
    action = agree(person=pair.enrolment.person)
    assert mentoring_sessions.finish(action, by=pair.mentor).done_on == TODAY
    with pytest.raises(Refused):
        mentoring_sessions.finish(action, by=pair.mentor)


def test_another_function_comes_first_then_what_is_wished_then_few_learners(enrolment):
    own = enrolment.person.function
    other = FunctionFactory(code="MKT")

    def offer(name, function, competencies=(), load=0):
        person = PersonFactory(name=name, function=function)
        MentorOfferFactory(person=person, competencies=list(competencies))
        for _place in range(load):
            MentorshipFactory(mentor=person)

    offer("Same", own, ["FINANCE"])
    offer("Busy", other, load=2)
    offer("Wished", other, ["FINANCE"], load=2)
    offer("Full", other, ["FINANCE"], load=3)
    offer("Free", other)
    MentorOfferFactory(person=enrolment.manager)

    found = pairs.candidates(enrolment, ["FINANCE"])
    assert [one.person.name for one in found] == ["Wished", "Free", "Busy", "Same", "Full"]


def test_an_element_of_mentoring_is_done_on_the_page_of_the_pair(enrolment):
    element = PathElementFactory(stage__path=enrolment.path, kind="MENTORING")
    assert url_of(enrolment, element) == f"/academy/enrolments/{enrolment.pk}/mentor/"
    pair = MentorshipFactory(enrolment=enrolment)
    assert url_of(enrolment, element) == pair.get_absolute_url()
