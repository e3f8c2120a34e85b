"""The academy's home and cohorts in the walk: everybody has a home; an enrolment is few people's.

The lead of the walk's product is the learner, the quality assurer their mentor, the chair their
manager.
"""

from datetime import date

from tests.factories.academy import CohortFactory, PathElementFactory, PathStageFactory
from tests.walker.learners import enrolment_of
from tests.walker.rows import ACADEMY, ALL, CHAIR, LPDT, PQA, act, form, page

COHORT = {"code": "WALK-1"}
SEES = LPDT | PQA | CHAIR | ACADEMY
OWN = {"everywhere": True, "denied": 404, "sees": SEES}

TABLE = {
    "teams:academy": page(),
    "teams:academy-join": page(post=ALL),
    "teams:academy-path": page("learning_path", everywhere=True),
    "teams:element": page("learning_element", everywhere=True, answers=frozenset([302])),
    # The learner is led on to the path's own page.
    "teams:enrolment": page("learning", get=SEES, answers=frozenset([200, 302]), **OWN),
    "teams:enrolment-withdrawal": act("learning", LPDT | ACADEMY, **OWN),
    "teams:enrolment-manager": act("learning", ACADEMY, **OWN),
    "teams:cohort-list": page(get=ACADEMY),
    "teams:cohort-waiting": page(get=ACADEMY),
    "teams:cohort-new": form(None, ACADEMY),
    "teams:cohort": page(COHORT, get=ACADEMY, everywhere=True),
    "teams:cohort-edit": form(COHORT, ACADEMY, everywhere=True),
    "teams:cohort-enrolments": form(COHORT, ACADEMY, everywhere=True),
    "teams:cohort-start": act(COHORT, ACADEMY, everywhere=True),
    # Nothing is drawn yet, so nobody has taken part.
    "teams:cohort-lottery": form(COHORT, ACADEMY, everywhere=True),
    "teams:cohort-moving-up": act(COHORT, ACADEMY, everywhere=True),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """The owner on a path, an element of it, and a cohort that nobody is in."""
    enrolment = enrolment_of(owner)
    CohortFactory(
        code=COHORT["code"],
        path=enrolment.path,
        starts_on=date(2030, 1, 7),
        ends_on=date(2030, 7, 7),
        places=2,
    )
    stage = PathStageFactory(path=enrolment.path, number=9)
    return {
        "learning": enrolment,
        "learning_path": enrolment.path,
        "learning_element": PathElementFactory(stage=stage, kind="BOARD"),
    }
