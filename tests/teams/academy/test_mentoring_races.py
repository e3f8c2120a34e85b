"""Several ask the same mentor at the same moment, and three have a place."""

from functools import partial

import pytest
from django.db import IntegrityError

from ipd.kernel.access import Refused
from teams.actions.academy import mentoring
from teams.models import Mentorship
from tests.factories.academy import EnrolmentFactory, MentorshipFactory
from tests.factories.academy_mentoring import MentorOfferFactory
from tests.factories.people import PersonFactory
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)


def test_six_ask_at_once_and_three_have_a_place(process):
    mentor = MentorOfferFactory().person
    asked = [
        partial(mentoring.propose, one, mentor=mentor, by=one.person, runs=False)
        for one in EnrolmentFactory.create_batch(6)
    ]
    done, refusals = at_once(asked, refusals=Refused)

    assert (len(done), len(refusals)) == (3, 3)
    assert Mentorship.objects.filter(mentor=mentor).count() == 3


def test_also_without_the_action_three_have_a_place(process):
    mentor = PersonFactory()
    enrolments = EnrolmentFactory.create_batch(6)

    def write(number):
        return MentorshipFactory(enrolment=enrolments[number], mentor=mentor)

    done, refusals = at_once(by_hands(write, 6), refusals=IntegrityError)

    assert (len(done), len(refusals)) == (3, 3)


def test_a_learner_who_asks_two_at_once_has_one(process):
    enrolment = EnrolmentFactory()
    asked = [
        partial(
            mentoring.propose,
            enrolment,
            mentor=MentorOfferFactory().person,
            by=enrolment.person,
            runs=False,
        )
        for _hand in range(4)
    ]
    done, _refusals = at_once(asked, refusals=Refused)

    assert len(done) == Mentorship.objects.count() == 1
