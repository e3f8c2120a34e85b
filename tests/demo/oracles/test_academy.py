"""Training cohorts of the demonstration, by domain.md §10.8."""

import statistics
from datetime import date

import pytest
from django.db.models import Count, Q

from teams.models import Cohort, ElementResult, Enrolment, Mentorship
from teams.models.academy.enrolments import EnrolmentState
from teams.queries.academy import cohort_board, cohorts, standing

pytestmark = pytest.mark.django_db

TRAINEES = {"L06", "L11"}


def people(**fields):
    return set(Enrolment.objects.filter(**fields).values_list("person__code", flat=True))


@pytest.mark.parametrize(
    ("code", "number", "last"),
    [("2025-A", 12, date(2025, 4, 30)), ("2025-B", 10, date(2025, 10, 31))],
)
def test_two_cohorts_are_certified(code, number, last):
    rows = Enrolment.objects.filter(cohort__code=code)
    assert rows.filter(state="certified", ended_on=last).count() == rows.count() == number
    assert set(rows.values_list("credits", "stage")) <= {(credit, 6) for credit in range(99, 101)}


def test_who_of_today_s_leaders_learned_when():
    assert "L08" in people(cohort__code="2025-A")
    assert "L03" in people(cohort__code="2025-B")
    assert people(cohort__code="2026-A") >= TRAINEES


def test_cohort_2026_a_is_in_week_17_of_26_and_three_are_behind():
    cohort = Cohort.objects.select_related("path").get(code="2026-A")
    board = cohort_board.board(cohort)
    assert (cohort.starts_on, cohort.path.weeks) == (date(2026, 7, 27), 26)
    assert {line.way.week for line in board.lines} == {17}
    assert (board.walking, len(board.behind)) == (14, 3)
    assert cohorts.behind(cohort.enrolments.all()).count() == 3
    weeks = dict(cohort_board.behind_by_week(cohort, board))
    assert weeks[1] == 0
    assert weeks[17] == 3


def test_eight_wait_for_the_lottery_of_2027_a():
    rows = Enrolment.objects.filter(state=EnrolmentState.WAITING, cohort=None)
    assert rows.count() == 8
    assert not hasattr(Cohort.objects.get(code="2027-A"), "lottery")


def scores(code):
    rows = ElementResult.objects.filter(element__code=code, ref="", score__isnull=False)
    return [float(score) for score in rows.values_list("score", flat=True)]


@pytest.mark.parametrize(
    ("code", "n", "mean", "deviation"), [("E-PRETEST", 36, 54, 11), ("C-POSTTEST", 22, 81, 8)]
)
def test_tests_before_and_after(code, n, mean, deviation):
    found = scores(code)
    assert len(found) == n
    assert statistics.mean(found) == pytest.approx(mean, abs=0.01)
    assert statistics.stdev(found) == pytest.approx(deviation, abs=0.01)


def test_nine_mentors_one_of_them_over_the_limit():
    live = ~Q(state="ended")
    loads = Mentorship.objects.filter(live).values_list("mentor__code").annotate(n=Count("pk"))
    loads = dict(loads.order_by())
    assert len(loads) == 9
    assert sorted(loads.values())[-2:] == [2, 4]
    assert "R04" not in loads


def test_pages_say_the_same_as_what_is_stored():
    """Credits and stage, kept by the import, are those of the way as it is worked out."""
    rows = Enrolment.objects.filter(state="active").select_related("path")
    for row in rows:
        way = standing.way(row.path, row)
        open_legs = [leg.stage.number for leg in way.legs if not leg.is_passed]
        assert row.stage == open_legs[0]
        assert row.credits == sum(step.element.credit for step in way.steps if step.is_done)
