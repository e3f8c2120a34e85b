"""Cohorts, enrolments and results as tables: what comes in, and what is wrong with bad rows."""

import pytest

from teams.models import ElementResult, Enrolment, MentoringSession, Mentorship
from tests.factories import PersonFactory
from tests.factories.academy_cohorts import short_path

pytestmark = pytest.mark.django_db

COHORTS = "code,path,starts_on,ends_on,places\n2026-A,LPDT-1,2026-07-27,2027-01-24,14\n"
ENROLMENTS = (
    "person,path,enrolled_on,cohort,manager,state,started_on,ended_on\n"
    "LEARNER,LPDT-1,2026-06-29,2026-A,MANAGER,active,2026-07-27,\n"
)
RESULTS = (
    "person,path,enrolled_on,element,ref,state,score,level,assessors,agreed,fatal,started_on,"
    "done_on\n"
    "LEARNER,LPDT-1,2026-06-29,READ,,done,,,,,,2026-07-27,2026-08-01\n"
    "LEARNER,LPDT-1,2026-06-29,QUIZ,,done,87.50,,,,,2026-07-27,2026-08-02\n"
    "LEARNER,LPDT-1,2026-06-29,WORK,,submitted,,3,2,mentor,,2026-09-01,\n"
)
PAIRS = (
    "person,path,enrolled_on,mentor,state,exceeds,started_on,ended_on\n"
    "LEARNER,LPDT-1,2026-06-29,MENTOR,active,,2026-07-29,\n"
)
SESSIONS = (
    "person,path,enrolled_on,mentor,started_on,held_on,minutes,theme\n"
    "LEARNER,LPDT-1,2026-06-29,MENTOR,2026-07-29,2026-08-03,60,Frame and goals\n"
)
FILES = {
    "cohorts.csv": COHORTS,
    "enrolments.csv": ENROLMENTS,
    "element_results.csv": RESULTS,
    "mentorships.csv": PAIRS,
    "mentoring_sessions.csv": SESSIONS,
}


@pytest.fixture(autouse=True)
def ground(db):
    for code in ("LEARNER", "MANAGER", "MENTOR"):
        PersonFactory(code=code)
    return short_path()


def test_all_of_it_comes_in_and_credits_follow(bring_in):
    assert not bring_in(FILES).problems
    row = Enrolment.objects.select_related("manager", "cohort").get()
    assert (row.manager.code, row.cohort.code, row.state) == ("MANAGER", "2026-A", "active")
    assert (row.credits, row.stage) == (20, 2)
    work = ElementResult.objects.get(element__code="WORK")
    assert (work.level, work.assessors, work.agreed) == (3, 2, ["mentor"])
    assert Mentorship.objects.get().mentor.code == "MENTOR"
    assert MentoringSession.objects.get().entered_by.code == "MENTOR"
    again = bring_in(FILES)
    assert (again.total("added"), again.total("changed")) == (0, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("cohorts.csv", "2027-01-24", "2026-07-27", "ends_on"),
        ("cohorts.csv", "LPDT-1", "LPDT-9", "path"),
        ("enrolments.csv", "active,2026-07-27", "active,", "started_on"),
        ("enrolments.csv", "MANAGER", "LEARNER", "manager"),
        (
            "enrolments.csv",
            "2026-07-27,\n",
            "2026-07-27,\nLEARNER,LPDT-1,2026-06-30,,,waiting,,\n",
            "state",
        ),
        ("element_results.csv", "QUIZ", "QUIT", "element"),
        ("element_results.csv", "87.50", "187.50", "score"),
        ("element_results.csv", ",3,2,", ",7,2,", "level"),
        ("element_results.csv", "mentor", "friend", "agreed"),
        ("element_results.csv", "2026-08-01", "", "done_on"),
        ("mentorships.csv", "MENTOR", "LEARNER", "mentor"),
        ("mentorships.csv", "active", "ended", "ended_on"),
        ("mentoring_sessions.csv", ",60,", ",1,", "minutes"),
    ],
)
def test_a_bad_row_is_named(bring_in, file, old, new, column):
    assert old in FILES[file]
    report = bring_in(FILES | {file: FILES[file].replace(old, new, 1)})
    assert column in {problem.column for problem in report.problems}
    assert not Enrolment.objects.exists()


def test_what_was_reported_is_not_edited_by_a_file(bring_in):
    bring_in(FILES)
    changed = FILES | {"element_results.csv": RESULTS.replace("87.50", "99.00")}
    problem = str(next(iter(bring_in(changed).problems)))
    assert "never edited" in problem
    assert "87.5" not in problem
    assert ElementResult.objects.get(element__code="QUIZ").score == 87.5


def test_the_theme_of_a_session_is_the_pair_s(bring_in):
    bring_in(FILES)
    changed = FILES | {"mentoring_sessions.csv": SESSIONS.replace("Frame and goals", "My guess")}
    problem = str(next(iter(bring_in(changed).problems)))
    assert "never edited" in problem
    assert "Frame" not in problem
