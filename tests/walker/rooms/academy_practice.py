"""Works, rotations, plans and reflections in the walk: the owner's own, the mentor is pqa and the
manager the chair; an assessor and a host whom nobody knows."""

from tests.factories.academy_practice import (
    AssignmentFactory,
    AssignmentPieceFactory,
    DevelopmentPlanFactory,
    ReflectionFactory,
    RotationFactory,
    element_of,
    unrated,
    written,
)
from tests.factories.people import PersonFactory
from tests.walker.learners import enrolment_of, mentorship_of
from tests.walker.rows import ACADEMY, ALL, CHAIR, LPDT, NOBODY, PQA, act, form, page

BESIDE = PQA | CHAIR
WORK = {"everywhere": True, "denied": 404, "sees": LPDT | BESIDE | ACADEMY}
PLAN = {"everywhere": True, "denied": 404, "sees": LPDT | BESIDE}
OWN = {"everywhere": True, "denied": 404, "sees": LPDT}
SEEN, ALONE = LPDT | BESIDE | ACADEMY, LPDT
PATH = {"pk": "walked_path", "element_pk": "walked_work"}

TABLE = {
    "teams:assignment-list": page(),
    "teams:assignment-new": form(PATH, LPDT | ACADEMY, **WORK),
    "teams:assignment": page("work", get=SEEN, **WORK),
    "teams:assignment-text": act("open_work", ALONE, **WORK),
    "teams:assignment-piece": act("open_work", ALONE, **WORK),
    "teams:assignment-piece-removal": act("open_piece", ALONE, **OWN),
    # A link is no file.
    "teams:assignment-file": page("open_piece", get=NOBODY, everywhere=True, denied=404),
    "teams:assignment-handing-in": act("open_work", ALONE, **WORK),
    "teams:assignment-taking-back": act("work", ALONE, **WORK),
    "teams:assignment-assessors": act("work", ACADEMY, **WORK),
    "teams:assignment-assessor-removal": act("work_assessor", ACADEMY, **WORK),
    "teams:assignment-rating": form("work", NOBODY, **WORK),
    "teams:rotation-list": page(),
    "teams:rotation-new": form(
        {"pk": "walked_path", "element_pk": "walked_weeks"}, LPDT | ACADEMY, **WORK
    ),
    "teams:rotation": page("rotation", get=SEEN, **WORK),
    "teams:rotation-edit": form("rotation", LPDT | ACADEMY, **WORK),
    "teams:rotation-agreement": act("rotation", NOBODY, **WORK),
    "teams:rotation-cancellation": act("rotation", LPDT | ACADEMY, **WORK),
    "teams:rotation-leaving": act("rotation", ALONE, **WORK),
    "teams:rotation-feedback": form("rotation", NOBODY, **WORK),
    "teams:development-plan-list": page(),
    "teams:development-plan-new": form(
        {"pk": "walked_path", "element_pk": "walked_pdp"}, ALONE, everywhere=True, denied=404
    ),
    "teams:development-plan": page("development_plan", get=LPDT | BESIDE, **PLAN),
    "teams:development-plan-levels": form("development_plan", ALONE, **PLAN),
    "teams:development-plan-goal-new": form("development_plan", ALONE, **PLAN),
    "teams:development-plan-goal": form("development_goal", ALONE, **PLAN),
    "teams:development-plan-goal-removal": act("development_goal", ALONE, **PLAN),
    "teams:development-plan-proposal": act("development_plan", ALONE, **PLAN),
    "teams:development-plan-signature": act("development_plan", BESIDE, **PLAN),
    "teams:development-plan-return": act("development_plan", BESIDE, **PLAN),
    "teams:development-plan-change": act("development_plan", ALONE, **PLAN),
    "teams:development-plan-check": form("development_plan", LPDT | BESIDE, **PLAN),
    "teams:reflection-list": page(),
    "teams:reflection-new": act({"code": "R1"}, ALL, everywhere=True),
    "teams:reflection": page("reflection", get=LPDT | PQA, everywhere=True, denied=404),
    # It is finished: there is nothing to write, until it is opened again.
    "teams:reflection-text": form(
        "reflection",
        ALONE,
        everywhere=True,
        denied=404,
        sees=PQA,
        answers=frozenset([302]),
    ),
    "teams:reflection-finishing": act("reflection", ALONE, everywhere=True, denied=404, sees=PQA),
    "teams:reflection-reopening": act("reflection", ALONE, everywhere=True, denied=404, sees=PQA),
    "teams:reflection-sharing": act("reflection", ALONE, everywhere=True, denied=404, sees=PQA),
    "teams:reflection-share-withdrawal": act(
        "reflection_share", ALONE, everywhere=True, denied=404, sees=PQA
    ),
    "teams:reflection-acceptance": act("reflection", PQA, everywhere=True, denied=404, sees=LPDT),
    "teams:reflection-return": act("reflection", PQA, everywhere=True, denied=404, sees=LPDT),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """Two works, one of them handed in, a rotation, a plan that waits, a shared reflection."""
    enrolment, mentor = enrolment_of(owner), mentorship_of(owner).mentor
    path = enrolment.path
    work = unrated(enrolment, PersonFactory())
    other = AssignmentFactory(
        enrolment=enrolment, element=element_of(path, "L-ACTING", "ASSIGNMENT")
    )
    plan = written(DevelopmentPlanFactory(enrolment=enrolment))
    plan.state = "proposed"
    plan.save()
    rotation = RotationFactory(enrolment=enrolment)
    reflection = ReflectionFactory(person=owner)
    return {
        "walked_path": enrolment,
        "walked_work": element_of(path, "A-READINESS", "ASSIGNMENT"),
        "walked_weeks": rotation.element,
        "walked_pdp": element_of(path, "Z-PDP", "PDP"),
        "work": work,
        "work_assessor": work.assessors.get(),
        "open_work": other,
        "open_piece": AssignmentPieceFactory(assignment=other),
        "rotation": rotation,
        "development_plan": plan,
        "development_goal": plan.goals.first(),
        "reflection": reflection,
        "reflection_share": reflection.shares.create(person=mentor, role="mentor"),
    }
