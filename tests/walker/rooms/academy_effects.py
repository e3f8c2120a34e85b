"""What training changed, in the walk: the academy and the company's board alone."""

from tests.factories.academy import PathStageFactory
from tests.factories.academy_effects import GatePackFactory, StudyFactory
from tests.walker.learners import enrolment_of
from tests.walker.rows import ACADEMY, CHAIR, LPDT, NOBODY, act, form, page

TABLE = {
    "teams:effects": page(get=ACADEMY),
    "teams:study": page("study", get=ACADEMY, everywhere=True),
    "teams:study-new": form(None, ACADEMY),
    "teams:study-rows": act("study", ACADEMY, everywhere=True),
    "teams:study-readings": act("study", ACADEMY, everywhere=True),
    "teams:effects-returns": form({"code": "LPDT-1"}, ACADEMY, everywhere=True),
    "teams:effects-return-removal": act(None, ACADEMY),
    "teams:stage-reaction": form("walked_stage", LPDT, everywhere=True, denied=404),
    "teams:manager-check": page(
        "judged_enrolment", get=CHAIR | LPDT, post=CHAIR, everywhere=True, denied=404, sees=LPDT
    ),
    "teams:gate-pack-list": page(get=ACADEMY),
    "teams:gate-pack-new": form(None, ACADEMY),
    "teams:gate-pack": form("gate_pack", NOBODY, everywhere=True, denied=404),
}


def objects(product, *, owner, review) -> dict[str, object]:
    enrolment = enrolment_of(owner)
    return {
        "study": StudyFactory(),
        "walked_stage": PathStageFactory(path=enrolment.path, number=0),
        "judged_enrolment": enrolment,
        "gate_pack": GatePackFactory(),
    }
