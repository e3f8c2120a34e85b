"""A learner who has all but the board, and three who interview."""

import pytest

from teams.actions.academy import progress
from teams.models import PathElement
from tests.factories.academy import (
    CompetencyFactory,
    EnrolmentFactory,
    MentorshipFactory,
    PathElementFactory,
    PathStageFactory,
    RubricCriterionFactory,
    RubricFactory,
)
from tests.teams.academy.board.steps import plan, seated_assessor


@pytest.fixture
def enrolment(house):
    """The LPDT, mentored by the PQA and managed by the chair; all but the board is done."""
    row = EnrolmentFactory(person=house.lpdt, manager=house.chair)
    MentorshipFactory(enrolment=row, mentor=house.pqa)
    rubric = RubricFactory(path=row.path, code="RB-BOARD")
    technical = CompetencyFactory(code="TECHNICAL", certify_at=2, weight=10)
    RubricCriterionFactory(rubric=rubric, code="BRD-1", weight=60)
    RubricCriterionFactory(rubric=rubric, code="BRD-6", weight=40, competency=technical)
    lead = PathElementFactory(
        stage=PathStageFactory(
            path=row.path,
            number=5,
            exit_rules=[{"rule": "element_done", "element": "L-ACTING"}],
        ),
        code="L-ACTING",
        title="Acting leader",
        kind="ASSIGNMENT",
    )
    last = PathStageFactory(
        path=row.path,
        number=6,
        exit_rules=[
            {"rule": "element_done", "element": "Z-360"},
            {"rule": "board_passed", "element": "Z-BOARD"},
        ],
    )
    around = PathElementFactory(stage=last, code="Z-360", title="All around", kind="PEER_REVIEW")
    PathElementFactory(
        stage=last, code="Z-BOARD", title="Board interview", kind="BOARD", rubric=rubric, order=9
    )
    for element in (lead, around):
        progress.report(row, element, state="done")
    row.refresh_from_db()
    return row


@pytest.fixture
def board(enrolment):
    return PathElement.objects.get(code="Z-BOARD")


@pytest.fixture
def assessors(house):
    """Three; the second is of another function than the learner, who is of PM."""
    other = seated_assessor("SVC", name="Bea Beyond")
    third = seated_assessor("RD", house.lpdt.function, name="Theo Third")
    return [house.assessor, other, third]


@pytest.fixture
def interview(enrolment, assessors, house):
    return plan(enrolment, assessors, house)
