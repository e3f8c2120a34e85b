"""Studies, their rows, reactions and assumptions as files bring them in; bad rows by their cell."""

import pytest

from ipd.kernel.tables import files, importing
from teams.models import ReturnLine, StageFeedback, StudyRow
from tests.factories.academy import EnrolmentFactory, PathStageFactory
from tests.factories.academy_effects import StudyFactory, promoted

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(administrator, tmp_path):
    """Import some files; the report of what happened."""

    def bring_in(**tables):
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return importing.run(files.open_folder(tmp_path), by=administrator)

    return bring_in


def said(report) -> str:
    return " ".join(str(problem) for problem in report.problems)


def test_rows_come_in_once_and_stay(bring):
    study = StudyFactory(code="promotion")
    text = "study,reference,arm,happened,before,after\npromotion,T1,trained,yes,,\n"
    assert not bring(study_rows=text).problems
    assert study.rows.get().happened is True
    assert "stays as it came in" in said(bring(study_rows=text.replace("yes", "no")))


def test_a_study_with_rows_is_kept(bring):
    promoted(StudyFactory(code="promotion"))
    text = (
        "code,title,path,outcome,measured,months,design,matched_on,registered_on,registered_by\n"
        "promotion,Nicer,LPDT-1,share,promotion,12,matched,grade,2025-01-06,\n"
    )
    PathStageFactory()
    assert "put a new one down" in said(bring(studies=text))


@pytest.mark.parametrize(
    "cells", ["yes,1,2", ",1,", ",,", "perhaps,,"], ids=["both", "half", "none", "word"]
)
def test_a_row_says_one_of_two_things(bring, cells):
    StudyFactory(code="promotion")
    text = f"study,reference,arm,happened,before,after\npromotion,T1,trained,{cells}\n"
    assert "happened" in said(bring(study_rows=text))
    assert not StudyRow.objects.exists()


def test_a_reaction_finds_its_enrolment_and_stage(bring):
    stage = PathStageFactory(number=1)
    one = EnrolmentFactory(path=stage.path)
    head = "person,path,enrolled_on,stage,relevance,confidence,recommends,given_on\n"
    row = f"{one.person.code},LPDT-1,{one.enrolled_on},1,5,4,4,2026-09-01\n"
    assert not bring(stage_reactions=head + row).problems
    assert StageFeedback.objects.get().stage == stage
    other = bring(stage_reactions=head + row.replace(",1,5,4,4", ",1,5,4,2"))
    assert "never edited by a file. It stands as “…”" in said(other)
    assert "a stage of that path" in said(bring(stage_reactions=head + row.replace(",1,5", ",9,5")))


def test_an_assumption_is_a_range_of_a_known_path(bring):
    PathStageFactory()
    head = "path,year,kind,text,low,base,high\n"
    assert not bring(return_lines=f"{head}LPDT-1,2026,cost,Time,1,2,3\n").problems
    assert ReturnLine.objects.get().base == 2
    report = bring(return_lines=f"{head}LPDT-1,2026,cost,Trips,3,2,1\nLPDT-9,2026,cost,X,1,2,3\n")
    assert "between low and high" in said(report)
    assert "the code of a current path" in said(report)
