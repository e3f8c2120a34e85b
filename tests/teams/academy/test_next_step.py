"""What the academy's first page names as next leads on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from ipd.kernel.days import today
from teams.actions.academy import mentoring_sessions, progress
from teams.models import PathElement
from tests.factories.academy import (
    EnrolmentFactory,
    LearningPathFactory,
    MentorshipFactory,
    PathElementFactory,
    PathStageFactory,
)
from tests.factories.academy_reading import LearningModuleFactory, ModuleTextFactory

pytestmark = pytest.mark.django_db
HOME = reverse("teams:academy")


@pytest.fixture
def path():
    path = LearningPathFactory()
    stage = PathStageFactory(path=path)
    weeks = {"stage": stage, "from_week": 1, "to_week": 1}
    PathElementFactory(code="TEST", kind="ASSESSMENT", order=1, **weeks)
    PathElementFactory(code="PLAN", kind="PDP", order=2, **weeks)
    PathElementFactory(code="READ", kind="MODULE", refs=["M01"], order=3, **weeks)
    ModuleTextFactory(module=LearningModuleFactory(code="M01"))
    return path


def step(person, as_person):
    return as_person(person).get(HOME).context["next"]


def test_who_waits_for_a_place_is_sent_to_what_is_possible_already(path, as_person):
    waiting = EnrolmentFactory(path=path, state="waiting", started_on=None, cohort=None)
    active = EnrolmentFactory(path=path)
    assert step(waiting.person, as_person).url == reverse("teams:module", args=["M01"])
    assert step(active.person, as_person).step.element.code == "TEST"
    assertContains(as_person(active.person).get(HOME), "· week 1<")


def test_an_elective_whose_weeks_are_over_is_not_due(path, as_person):
    learner = EnrolmentFactory(path=path)
    stage = path.stages.get()
    over = {"stage": stage, "is_required": False, "from_week": 1}
    PathElementFactory(code="PAST", title="Past elective", to_week=1, **over)
    PathElementFactory(code="NOW", title="Present elective", to_week=26, **over)
    way = as_person(learner.person).get(HOME).context["way"]
    assert [one.element.code for one in way.due] == ["NOW"]


def test_a_pair_that_just_met_is_not_sent_to_meet(path, as_person):
    learner = EnrolmentFactory(path=path)
    PathElementFactory(
        code="MEET", kind="MENTORING", stage=path.stages.get(), from_week=1, to_week=4
    )
    pair = MentorshipFactory(enrolment=learner)
    for code in ("TEST", "PLAN", "READ"):
        progress.report(learner, PathElement.objects.get(code=code), state="done")
    progress.report(learner, PathElement.objects.get(code="MEET"), state="started")
    PathElementFactory(code="LATER", stage=path.stages.get(), from_week=26, to_week=26)
    mentoring_sessions.meet(pair, held_on=today(), minutes=60, theme="", by=pair.mentor)
    assert step(learner.person, as_person).step.element.code == "LATER"
    pair.sessions.update(held_on=today() - timedelta(weeks=3))
    assert step(learner.person, as_person).step.element.code == "MEET"
