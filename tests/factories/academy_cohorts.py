"""A short path of three stages, and people on it."""

from datetime import date

from teams.models import LearningPath
from tests.factories.academy import (
    CompetencyFactory,
    LearningModuleFactory,
    LearningPathFactory,
    ModuleTextFactory,
    PathElementFactory,
    PathStageFactory,
    RubricCriterionFactory,
    RubricFactory,
)

STARTED = date(2026, 7, 27)  # a Monday; 2026-11-22 lies in week 17


def short_path() -> LearningPath:
    """Entry (weeks 1 to 2, elements READ and QUIZ over M01 and M02), Apply (3 to 17: WORK, rated
    by two; EXTRA, elective), Certify (18 to 26: BOARD)."""
    path = LearningPathFactory(weeks=26)
    for code in ("M01", "M02"):
        ModuleTextFactory(module=LearningModuleFactory(code=code), title=f"Reading {code}")
    rubric = RubricFactory(path=path, code="RB-WORK")
    RubricCriterionFactory(rubric=rubric, competency=CompetencyFactory(code="LEADERSHIP"))
    entry = PathStageFactory(
        path=path,
        number=0,
        title="Entry",
        from_week=1,
        to_week=2,
        exit_rules=[
            {"rule": "element_done", "element": "READ"},
            {"rule": "score_at_least", "elements": ["QUIZ"], "percent": 80},
        ],
    )
    apply = PathStageFactory(
        path=path,
        number=1,
        title="Apply",
        from_week=3,
        to_week=17,
        exit_rules=[
            {"rule": "rubric_at_least", "element": "WORK", "level": 3, "assessors": 2},
            {"rule": "agreed_by", "element": "WORK", "roles": ["mentor"]},
        ],
    )
    last = PathStageFactory(
        path=path,
        number=2,
        title="Certify",
        from_week=18,
        to_week=26,
        exit_rules=[{"rule": "board_passed", "element": "BOARD"}],
    )
    weeks = {"from_week": 1, "to_week": 2}
    refs = ["M01", "M02"]
    PathElementFactory(stage=entry, code="READ", kind="MODULE", refs=refs, order=1, **weeks)
    PathElementFactory(stage=entry, code="QUIZ", kind="ASSESSMENT", refs=refs, order=2, **weeks)
    PathElementFactory(
        stage=apply,
        code="WORK",
        kind="ASSIGNMENT",
        rubric=rubric,
        assessors=2,
        from_week=3,
        to_week=17,
        credit=40,
    )
    PathElementFactory(
        stage=apply, code="EXTRA", kind="MENTORING", from_week=3, to_week=4, is_required=False
    )
    PathElementFactory(
        stage=last, code="BOARD", kind="BOARD", from_week=26, to_week=26, hours=2, credit=40
    )
    return path
