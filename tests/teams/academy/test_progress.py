"""What rooms report adds up to elements, credits and stages."""

import pytest

from ipd.kernel.models import Notice
from teams.actions.academy import progress
from teams.models import ElementResult
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def element(enrolment):
    stage = PathStageFactory(
        path=enrolment.path,
        exit_rules=[{"rule": "score_at_least", "elements": ["QUIZ"], "percent": 80}],
    )
    PathStageFactory(path=enrolment.path, number=1)
    return PathElementFactory(stage=stage, code="QUIZ", kind="ASSESSMENT", refs=["M01", "M02"])


def state_of(element, ref=""):
    return ElementResult.objects.get(element=element, ref=ref).state


def test_an_element_is_done_with_its_last_part(enrolment, element):
    for ref, whole in [("M01", "started"), ("M02", "done")]:
        progress.report_part(enrolment.person, "ASSESSMENT", ref, state="done", score=90)
        assert state_of(element) == whole


def test_credits_and_stage_follow_and_the_learner_is_told(enrolment, element):
    for ref in element.refs:
        progress.report_part(enrolment.person, "ASSESSMENT", ref, state="done", score=90)
    enrolment.refresh_from_db()
    assert (enrolment.credits, enrolment.stage) == (10, 1)
    assert Notice.objects.filter(person=enrolment.person).count() == 1


def test_a_score_below_the_exit_keeps_the_stage(enrolment, element):
    for ref, score in [("M01", 75), ("M02", 100)]:
        progress.report_part(enrolment.person, "ASSESSMENT", ref, state="done", score=score)
    enrolment.refresh_from_db()
    assert enrolment.stage == 0


def test_what_was_done_stays_done(enrolment, element):
    progress.report_part(enrolment.person, "ASSESSMENT", "M01", state="done", score=90)
    progress.report_part(enrolment.person, "ASSESSMENT", "M01", state="failed", score=10)
    assert state_of(element, "M01") == "done"


def test_who_is_on_no_path_reports_nothing(element, outsider):
    progress.report_part(outsider, "ASSESSMENT", "M01", state="done", score=90)
    assert not ElementResult.objects.exists()


def test_signatures_add_up(enrolment, element):
    for role in ("learner", "mentor"):
        progress.report(enrolment, element, state="submitted", agreed=[role])
    assert ElementResult.objects.get().agreed == ["learner", "mentor"]


def test_what_is_taken_back_is_with_the_learner_again(enrolment, element):
    progress.report(enrolment, element, state="submitted")
    progress.take_back(enrolment, element)
    assert state_of(element) == "started"


def test_what_is_done_is_not_taken_back(enrolment, element):
    progress.report(enrolment, element, state="done")
    progress.take_back(enrolment, element)
    assert state_of(element) == "done"
