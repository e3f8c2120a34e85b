"""Modules, assessments and tests in the walk: everybody reads, an attempt is its person's alone."""

from teams.models import Attempt, LearningModule, PathTest
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_reading import AttemptFactory, pool
from tests.walker.rows import ALL, LPDT, act, page

MODULE, ATTEMPT = {"code": "WALK"}, "attempt"
EVERYWHERE = {"everywhere": True}
OWN = {"everywhere": False, "foreign_get": frozenset(), "denied": 404}
PLACE = {"section": "why", "version": "3.0"}

TABLE = {
    "teams:module-list": page(),
    "teams:module-of": page("walked_module", answers=frozenset([302]), **EVERYWHERE),
    "teams:module": page(MODULE, **EVERYWHERE),
    "teams:module-place": act(MODULE, ALL, data=PLACE, **EVERYWHERE),
    "teams:module-reading": act(MODULE, ALL, data=PLACE, **EVERYWHERE),
    "teams:exercise": act({"code": "WALK", "key": "e1"}, ALL, **EVERYWHERE),
    "teams:assessment": page(MODULE, **EVERYWHERE),
    "teams:assessment-start": act(MODULE, ALL, **EVERYWHERE),
    "teams:attempt": page(ATTEMPT, get=LPDT, **OWN),
    "teams:attempt-answers": act(ATTEMPT, LPDT, **OWN),
    "teams:attempt-submission": act(ATTEMPT, LPDT, **OWN),
    # Before it is handed in the result leads back to the questions.
    "teams:attempt-result": page(ATTEMPT, get=LPDT, answers=frozenset([302]), **OWN),
    "teams:test": page("walked_test", get=LPDT, **OWN),
    "teams:test-start": act("walked_test", LPDT, **OWN),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """An open attempt of the owner, and a test on their path."""
    module = LearningModule.objects.filter(code="WALK").first() or pool("WALK").module
    stage = PathStageFactory(path__code=f"W{product.pk}", number=0)
    code = f"T{product.pk}"
    element = PathElementFactory(stage=stage, code=code, kind="ASSESSMENT")
    EnrolmentFactory(person=owner, path=stage.path, cohort=None)
    PathTest.objects.create(
        path=stage.path, code=code, element=code, modules=["WALK"], difficulties=[1]
    )
    attempt = Attempt.objects.filter(person=owner, module=module).first()
    return {
        "attempt": attempt or AttemptFactory(person=owner, module=module),
        "walked_test": element,
        "walked_module": module,
    }
