"""Imports bring judgements of computed criteria, never their states; facts are read at the end."""

import pytest

from gates.models import CriterionDefinition, Review
from ipd.kernel.actions import touches
from ipd.kernel.models import Touch
from ipd.kernel.tables import importing
from tests.kernel.company_files import TABLES, folder

pytestmark = pytest.mark.django_db
HEAD = TABLES["assessments"].splitlines()[0]


@pytest.fixture(autouse=True)
def _bound(process):
    """PD-05 asks for a role coverage of 40 %; the company's team has one of three seats covered."""
    rows = CriterionDefinition.objects.filter(gate__chain__process=process, code="PD-05")
    rows.update(measure="role_coverage", operator=">=", threshold=40, partly=30)


def bring(*lines):
    changes = {"assessments.csv": "\n".join([HEAD, *lines]) + "\n"} if lines else None
    return importing.run(folder(changes))


def the_criterion():
    return Review.objects.get(gate__code="PDCP").criteria.get(code="PD-05")


def test_the_fact_is_read_with_the_import():
    assert not bring().problems

    criterion = the_criterion()
    assert (criterion.fact.numerator, criterion.fact.denominator) == (1, 3)
    assert (criterion.state, criterion.judged, criterion.assessed_by) == ("partly", "", None)
    review = criterion.review
    # No technical review is due yet, which counts as met; no budget is broken down.
    standing = (
        review.criteria.exclude(state="no_data").order_by("code").values_list("code", "state")
    )
    assert list(standing) == [
        ("PD-01", "met"),
        ("PD-04", "met"),
        ("PD-05", "partly"),
        ("PD-12", "not_met"),
    ]
    # Of twelve musts and four shoulds: (2 + 2 + 1 + 0) of 28.
    assert review.readiness_percent == 18


def test_a_state_that_is_computed_is_refused_by_name():
    report = bring("Q1,PDCP,1,PD-05,met,All agreed,A1,A1,2026-11-12")

    [problem] = report.problems
    assert (problem.row, problem.column) == (2, "state")
    assert "it is computed from role_coverage" in problem.accepted


def test_a_worse_judgement_comes_in_with_its_reason():
    line = "Q1,PDCP,1,PD-05,not_met,Two of them leave in May,A1,A1,2026-11-12"
    assert not bring(line).problems

    criterion = the_criterion()
    assert (criterion.state, criterion.judged) == ("not_met", "not_met")
    assert criterion.fact.state == "partly"
    again = bring(line)
    assert (again.total("added"), again.total("changed")) == (0, 0)


def test_a_worse_judgement_without_a_reason_is_named():
    [problem] = bring("Q1,PDCP,1,PD-05,not_met,,A1,A1,2026-11-12").problems

    assert problem.column == "comment"


def test_a_comment_leaves_the_state_to_the_figure():
    line = "Q1,PDCP,1,PD-05,no_data,The third seat is offered,A1,A1,2026-11-12"
    assert not bring(line).problems

    criterion = the_criterion()
    assert (criterion.state, criterion.comment) == ("partly", "The third seat is offered")
    assert bring(line).total("changed") == 0


def test_history_is_as_it_was_judged():
    bring()

    held = Review.objects.held().get(gate__code="CDCP", attempt=2)
    assert not held.criteria.exclude(measure="").exists()


def test_of_very_many_products_the_clock_reads_a_part_at_a_time(monkeypatch):
    monkeypatch.setattr("gates.tables.facts.READ_AT_ONCE", 0)
    bring()
    assert the_criterion().state == "no_data"
    assert Touch.objects.count() == 1

    touches.follow_up()

    assert the_criterion().state == "partly"
