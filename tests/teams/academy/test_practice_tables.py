"""Works, rotations, plans and reflections as tables: what comes in, and what bad rows lack."""

from datetime import date

import pytest

from teams.models import (
    Assignment,
    AssignmentVersion,
    Competency,
    DevelopmentPlan,
    Reflection,
    Rotation,
    RotationRating,
    RubricCriterion,
)
from teams.queries.academy.plans import digest_of
from tests.factories import PersonFactory
from tests.factories.academy import CompetencyFactory, EnrolmentFactory, MentorshipFactory
from tests.factories.academy_practice import DevelopmentPlanFactory as PlanFactory
from tests.factories.academy_practice import (
    StoryFactory,
    element_of,
    rubric_of,
    written,
)
from tests.factories.people import FunctionFactory, RoleFactory, SiteFactory, TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]

WHO = "LEARNER,LPDT-1,2026-06-29"
HEAD = "person,path,enrolled_on,element"
WORK = f"{WHO},A-MINUTES,1"
ROTATION = f"{WHO},R-HOST,2026-10-05"
PLAN = f"{WHO},E-PDP,1"
GOAL = f"{PLAN},PLANNING,2,3,An act.,A page.,2026-12-18\n"
SECRET = "Nobody but its readers sees this."
FILES = {
    "seats.csv": (
        "team,role,function,person,deputy,allocation,starts_on,ends_on\n"
        "TEAM,MEMBER,PM,LEARNER,DEPUTY,80,2026-01-05,\n"
    ),
    "works.csv": (
        f"{HEAD},number,brief,started_on,due_on,text,state,handed_in_on,decided_on\n"
        f"{WORK},Two reviews.,2026-08-27,2026-10-18,{SECRET},passed,2026-09-22,2026-10-02\n"
    ),
    "work_assessors.csv": (
        f"{HEAD},number,assessor,named_by,named_on,rated_on,accepted,remark\n"
        f"{WORK},ONE,LEAD,2026-09-01,2026-09-29,,{SECRET}\n"
        f"{WORK},TWO,LEAD,2026-09-01,2026-10-02,,\n"
    ),
    "work_ratings.csv": (
        f"{HEAD},number,assessor,criterion,level,reason\n"
        f"{WORK},ONE,MIN-1,4,{SECRET}\n{WORK},ONE,MIN-2,3,Seen.\n"
        f"{WORK},TWO,MIN-1,3,Seen.\n{WORK},TWO,MIN-2,3,Seen.\n"
    ),
    "rotations.csv": (
        f"{HEAD},starts_on,ends_on,kind,host,host_function,host_site,host_team,goal,allocation,"
        "covered,by_product,state,remark,decided_on\n"
        f"{ROTATION},2026-11-16,function,HOST,SVC,MTY,,Calls.,50,TEAM,A sheet.,passed,,2026-11-20\n"
    ),
    "rotation_ratings.csv": (
        f"{HEAD},starts_on,criterion,level,reason\n{ROTATION},ROT-1,3,Seen.\n{ROTATION},ROT-2,4,Seen.\n"
    ),
    "development_plans.csv": (
        f"{HEAD},number,state,made_on,agreed_on\n{PLAN},agreed,2026-07-28,2026-07-31\n"
    ),
    "development_levels.csv": (
        f"{HEAD},number,competency,level,situation\n"
        f"{PLAN},LEADERSHIP,2,{SECRET}\n{PLAN},PLANNING,2,A plan.\n{PLAN},VALUES,3,A word.\n"
    ),
    "development_goals.csv": (
        f"{HEAD},number,competency,from_level,to_level,acts,evidence,due_on\n"
        f"{PLAN},LEADERSHIP,2,3,An act.,A page.,2026-12-18\n"
        f"{GOAL}"
    ),
    "development_signatures.csv": (
        f"{HEAD},number,role,signed_by,signed_on\n{PLAN},learner,LEARNER,2026-07-29\n"
        f"{PLAN},mentor,MENTOR,2026-07-30\n{PLAN},manager,MANAGER,2026-07-31\n"
    ),
    "development_checks.csv": (
        f"{HEAD},number,competency,checked_on,standing,text,by\n"
        f"{PLAN},PLANNING,2026-10-29,on_track,Two talks.,LEARNER\n"
    ),
    "shared_reflections.csv": (
        "person,story,started_on,finished_on,answers\n"
        f'LEARNER,R1,2026-09-14,2026-10-07,"{SECRET}\n\nThat it would do."\n'
    ),
    "reflection_shares.csv": (
        "person,story,reader,role,shared_on,accepted_on\n"
        "LEARNER,R1,MENTOR,mentor,2026-10-07,2026-10-09\n"
        "LEARNER,R1,HOST,host,2026-10-07,2026-10-09\n"
    ),
}


@pytest.fixture
def ground():
    """A learner with manager and mentor, on a path with all that is asked of practice."""
    pm, svc = FunctionFactory(code="PM"), FunctionFactory(code="SVC")
    people = {
        code: PersonFactory(code=code, function=pm)
        for code in ("LEARNER", "MANAGER", "MENTOR", "ONE", "TWO", "LEAD", "DEPUTY")
    }
    PersonFactory(code="HOST", function=svc)
    SiteFactory(code="MTY")
    TeamFactory(code="TEAM"), RoleFactory(code="MEMBER")
    one = EnrolmentFactory(
        person=people["LEARNER"], manager=people["MANAGER"], enrolled_on=date(2026, 6, 29)
    )
    MentorshipFactory(enrolment=one, mentor=people["MENTOR"])
    for code, rubric, prefix in (("A-MINUTES", "RB-X", "MIN"), ("R-HOST", "RB-ROTATION", "ROT")):
        rated = rubric_of(one.path, rubric)
        for number, criterion in enumerate(rated.criteria.all(), 1):
            criterion.code = f"{prefix}-{number}"
            criterion.save()
        assessors = 2 if prefix == "MIN" else 1
        fields = {"rubric": rated, "assessors": assessors, "pass_level": 3}
        element_of(one.path, code, "ASSIGNMENT", **fields)
    _competencies(one)
    StoryFactory()
    return one


def _competencies(enrolment):
    """The three of the plan, and no other: each has to be placed."""
    element_of(enrolment.path, "E-PDP", "PDP")
    codes = ("LEADERSHIP", "PLANNING", "VALUES")
    kept = [CompetencyFactory(code=code, weight=30) for code in codes]
    RubricCriterion.objects.update(competency=kept[0])
    Competency.objects.exclude(code__in=codes).delete()


def test_all_of_it_comes_in_once(bring_in):
    assert [str(problem) for problem in bring_in(FILES).problems] == []
    work = Assignment.objects.get()
    version = AssignmentVersion.objects.get()
    assert (work.state, work.decided_on, work.text) == ("passed", date(2026, 10, 2), SECRET)
    assert (version.text, version.handed_in_at.date()) == (SECRET, date(2026, 9, 22))
    rotation = Rotation.objects.get()
    assert (rotation.last_day, rotation.from_function.code) == (date(2026, 11, 15), "PM")
    assert [seat.team.code for seat in rotation.covered.all()] == ["TEAM"]
    assert RotationRating.objects.count() == 2
    plan = DevelopmentPlan.objects.get()
    assert (plan.state, plan.agreed_on) == ("agreed", date(2026, 7, 31))
    assert {one.sha256 for one in plan.signatures.all()} == {digest_of(plan)}
    assert {one.signed_at.date().day for one in plan.signatures.all()} == {29, 30, 31}
    assert Reflection.objects.get().answers == [SECRET, "That it would do."]
    again = bring_in(FILES)
    assert not again.problems
    assert (again.total("added"), again.total("changed")) == (0, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("works.csv", "A-MINUTES", "R-HOST", "element"),
        ("works.csv", "2026-10-18", "2026-08-01", "due_on"),
        ("works.csv", "passed", "not_yet", "state"),
        ("works.csv", "passed,2026-09-22,2026-10-02", "open,,", "text"),
        ("works.csv", "2026-09-22", "", "handed_in_on"),
        ("works.csv", "2026-10-02", "2026-09-01", "decided_on"),
        ("work_assessors.csv", "ONE", "MENTOR", "assessor"),
        ("work_assessors.csv", "ONE", "MANAGER", "assessor"),
        ("work_assessors.csv", "ONE", "LEARNER", "assessor"),
        ("work_assessors.csv", "2026-09-29", "", "rated_on"),
        ("work_assessors.csv", "2026-09-29", "2026-09-02", "rated_on"),
        ("work_assessors.csv", "2026-09-29,", "2026-09-29,yes", "accepted"),
        ("work_ratings.csv", "MIN-1", "MIN-9", "criterion"),
        ("work_ratings.csv", ",4,", ",6,", "level"),
        ("work_ratings.csv", ",4,", ",2,", "state"),
        ("rotations.csv", "2026-11-16", "2026-10-12", "ends_on"),
        ("rotations.csv", "HOST,SVC", "LEARNER,SVC", "host"),
        ("rotations.csv", "HOST,SVC", "HOST,PM", "host_function"),
        ("rotations.csv", "function,HOST,SVC,MTY", "field,HOST,SVC,", "host_site"),
        ("rotations.csv", "50,TEAM", "50,", "allocation"),
        ("rotations.csv", "50,TEAM", "50,OTHER", "covered"),
        ("rotations.csv", "A sheet.", "", "by_product"),
        ("rotations.csv", "passed,,2026-11-20", "agreed,,", "state"),
        ("rotations.csv", "2026-11-20", "", "decided_on"),
        ("rotation_ratings.csv", ",3,", ",2,", "state"),
        ("rotation_ratings.csv", "ROT-1", "MIN-1", "criterion"),
        ("development_plans.csv", "E-PDP", "A-MINUTES", "element"),
        ("development_plans.csv", "agreed,", "draft,", "state"),
        ("development_plans.csv", "2026-07-31", "", "agreed_on"),
        ("development_levels.csv", f"{PLAN},VALUES,3,A word.\n", "", "number"),
        ("development_levels.csv", "VALUES", "VIRTUES", "competency"),
        ("development_goals.csv", "LEADERSHIP,2,3", "LEADERSHIP,3,3", "to_level"),
        (
            "development_goals.csv",
            f"{PLAN},PLANNING,2,3,An act.,A page.,2026-12-18\n",
            "",
            "number",
        ),
        ("development_signatures.csv", "mentor,MENTOR", "mentor,ONE", "signed_by"),
        ("development_signatures.csv", f"{PLAN},manager,MANAGER,2026-07-31\n", "", "state"),
        ("development_checks.csv", "2026-10-29", "2026-07-01", "checked_on"),
        ("development_checks.csv", "PLANNING", "VALUES", "competency"),
        ("shared_reflections.csv", "R1", "R9", "story"),
        ("shared_reflections.csv", "\n\nThat it would do.", "", "answers"),
        ("shared_reflections.csv", "2026-10-07", "2026-09-01", "finished_on"),
        ("reflection_shares.csv", "MENTOR,mentor", "ONE,mentor", "reader"),
        ("reflection_shares.csv", "HOST,host", "HOST,assessor", "role"),
        ("reflection_shares.csv", "2026-10-09", "2026-10-01", "accepted_on"),
    ],
)
def test_a_bad_row_is_named(bring_in, file, old, new, column):
    assert old in FILES[file]
    report = bring_in(FILES | {file: FILES[file].replace(old, new, 1)})
    assert column in {problem.column for problem in report.problems}
    assert not Assignment.objects.exists()


def test_a_private_reflection_does_not_come_in(bring_in):
    report = bring_in(FILES | {"reflection_shares.csv": FILES["reflection_shares.csv"][:48] + "\n"})
    assert "others stay private" in " ".join(str(problem) for problem in report.problems)
    assert not Reflection.objects.exists()


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("works.csv", "text"),
        ("work_ratings.csv", "reason"),
        ("development_levels.csv", "situation"),
        ("shared_reflections.csv", "answers"),
    ],
)
def test_what_is_kept_is_not_edited_and_not_told(bring_in, file, column):
    bring_in(FILES)
    report = bring_in(FILES | {file: FILES[file].replace(SECRET, "Something else.")})
    said = " ".join(str(problem) for problem in report.problems)
    assert "never edited" in said
    assert column in {problem.column for problem in report.problems}
    assert SECRET not in said


def test_a_draft_is_its_writer_s_alone(bring_in, ground):
    written(PlanFactory(enrolment=ground))
    plans = {name: text for name, text in FILES.items() if name.startswith("development")}
    said = " ".join(str(problem) for problem in bring_in(plans).problems)
    assert "the versions of a plan are numbered" in said


def test_a_signed_plan_gets_no_further_goal(bring_in):
    bring_in(FILES)
    goals = FILES["development_goals.csv"]
    more = f"{goals}{PLAN},VALUES,3,4,An act.,A page.,2026-12-18\n"
    report = bring_in({"development_goals.csv": more})
    assert "when the plan was signed" in " ".join(str(problem) for problem in report.problems)
