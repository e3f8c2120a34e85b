"""Works, rotations, plans and reflections of the demonstration say what its results say."""

import pytest

from teams.models import (
    Assignment,
    AssignmentAssessor,
    DevelopmentPlan,
    ElementResult,
    PeerReview,
    Person,
    Reflection,
    ReflectionShare,
    Rotation,
)
from teams.models.academy.rotations import TAKES_TIME
from teams.permissions.assignments import possible_assessors
from teams.queries.academy import assignments, peer_reviews, plans, rotations

pytestmark = pytest.mark.django_db

TRAINEES = ["L06", "L11"]


def result_of(row, **more):
    return ElementResult.objects.get(enrolment=row.enrolment_id, element=row.element_id, ref="")


def least(ratings):
    return min(one.level for one in ratings)


def test_works_that_passed_are_done_on_that_day_at_that_level():
    rows = Assignment.objects.filter(state="passed")
    found = {(row.enrolment.person.code, row.element.code) for row in rows}
    done = ElementResult.objects.filter(element__code__startswith="A-", element__kind="ASSIGNMENT")
    done = done.filter(enrolment__person__code__in=TRAINEES, state="done", ref="")
    assert found >= set(done.values_list("enrolment__person__code", "element__code"))
    for row in rows:
        result = result_of(row)
        ratings = [one for each in row.assessors.all() for one in each.ratings.all()]
        assert (result.state, result.done_on) == ("done", row.decided_on)
        assert (result.level, result.assessors) == (least(ratings), row.assessors.count())


def test_a_work_is_tried_again_and_another_waits_for_an_assessor():
    tries = Assignment.objects.filter(enrolment__person__code="L06", element__code="A-RISK")
    assert list(tries.order_by("number").values_list("state", flat=True)) == ["not_yet", "open"]
    assert result_of(tries[0]).state == "started"
    waits = Assignment.objects.get(state="handed_in")
    assert result_of(waits).state == "submitted"
    asked = AssignmentAssessor.objects.get(assignment=waits, rated_at=None).person
    assert [row[0] for row in assignments.to_rate(asked)] == [waits.pk]


def test_assessors_have_the_right_and_are_not_beside_the_learner():
    for row in Assignment.objects.exclude(enrolment__person__code="L08"):
        named = set(row.assessors.values_list("person", flat=True))
        able = possible_assessors(row.enrolment)
        assert named <= set(able.values_list("pk", flat=True))
        assert len(named) == row.element.assessors


def test_rotations_fit_into_working_time_and_say_what_results_say():
    for row in Rotation.objects.filter(state__in=TAKES_TIME):
        covered = row.covered.values_list("pk", flat=True)
        person = row.enrolment.person
        period, percent = row.period, row.allocation_percent
        assert rotations.conflict_of(person, period, percent, covered=covered, but=row) is None
        result = result_of(row)
        assert result.done_on == row.decided_on
        if row.state == "passed":
            assert result.level == least(row.ratings.all())


def test_one_rotation_runs():
    row = Rotation.objects.get(state="agreed")
    assert row.enrolment.person.code == "L06"
    assert row.covered.count() == 1
    assert rotations.conflict_of(row.enrolment.person, row.period, 50, but=row).percent == 130


def test_plans_are_signed_by_all_who_are_asked():
    rows = DevelopmentPlan.objects.filter(enrolment__person__code__in=TRAINEES)
    assert rows.count() == 2
    for row in rows:
        result = result_of(row)
        assert (row.state, row.agreed_on) == ("agreed", result.done_on)
        signed = row.signatures.all()
        assert {one.role for one in signed} == set(plans.signers(row.element)) == {*result.agreed}
        assert {one.sha256 for one in signed} == {plans.digest_of(row)}


def test_reflections_are_those_that_were_accepted():
    rows = Reflection.objects.all()
    assert set(rows.values_list("person__code", flat=True)) == set(TRAINEES)
    for row in rows:
        part = ElementResult.objects.get(enrolment__person=row.person, ref=row.code)
        whole = ElementResult.objects.get(
            enrolment=part.enrolment_id, element=part.element_id, ref=""
        )
        shares = ReflectionShare.objects.filter(reflection=row)
        assert {one.answer for one in shares} == {"accepted"}
        assert {one.role for one in shares} == set(whole.agreed)
        assert max(one.answered_on for one in shares) == whole.done_on


def test_reviews_by_colleagues_say_what_results_say():
    states = {"agreed": "started", "told": "done"}
    for row in PeerReview.objects.all():
        assert result_of(row).state == states[row.state]
        assert result_of(row).done_on is None or row.closed_on <= result_of(row).done_on


def test_a_group_is_shown_where_nobody_can_be_worked_out():
    row = PeerReview.objects.get(enrolment__person__code="L03")
    found = peer_reviews.result(row)
    for item in found.items:
        apart = [mean.n for mean in item.result.groups.values()]
        rest = item.result.all.n - sum(apart)
        assert min(apart, default=3) >= 3
        assert rest == 0 or rest >= 3
    assert any(item.result.groups for item in found.items)
    lean = peer_reviews.calibration(Person.objects.get(code="L01"))
    assert (lean.word, lean.people) == ("higher", 3)
