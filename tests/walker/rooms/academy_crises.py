"""Crises in the walk: anybody may play; a play is its participants' affair alone."""

from teams.models import Content, CrisisAssignment, Play
from tests.factories.academy_crises import CrisisAssignmentFactory, PlayFactory, ScenarioFactory
from tests.walker.rows import ACADEMY, ALL, LPDT, NOBODY, act, form, page

SLUG = {"slug": "customer-outage"}
OWN = {"denied": 404}

TABLE = {
    "teams:crisis-list": page(),
    "teams:guide": page({"code": "peer-review"}, everywhere=True),
    "teams:crisis-assignments": form(None, ACADEMY),
    "teams:crisis-assignment-removal": act("crisis_assignment", ACADEMY, everywhere=True),
    "teams:crisis": page(SLUG, everywhere=True),
    "teams:crisis-start": act(SLUG, ALL, everywhere=True),
    "teams:crisis-team": form(SLUG, ALL, everywhere=True),
    "teams:play": page("play", get=LPDT, foreign_get=NOBODY, **OWN),
    "teams:play-live": page("play", get=LPDT, foreign_get=NOBODY, **OWN),
    "teams:play-joining": act("play", LPDT, **OWN),
    "teams:play-beginning": act("play", LPDT, **OWN),
    "teams:play-calling-off": act("play", LPDT, **OWN),
    "teams:play-move": act("play", LPDT, **OWN),
    "teams:play-follow-ups": act("play", LPDT, **OWN),
    "teams:play-debrief": page("play_over", get=LPDT, foreign_get=NOBODY, **OWN),
    "teams:play-note": act("play_over", LPDT, **OWN),
    "teams:play-again": act("play_over", LPDT, **OWN),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """One play that runs and one that is over, of the owner alone."""
    guide = {"title": "Answering as a colleague", "body": {"text": "Say what you saw."}}
    Content.objects.get_or_create(kind="guide", code="peer-review", defaults=guide)
    scenario, mine = ScenarioFactory(), Play.objects.filter(started_by=owner)
    return {
        "play": mine.filter(state="running").first()
        or PlayFactory(scenario=scenario, started_by=owner),
        "play_over": mine.filter(state="finished").first()
        or PlayFactory(scenario=scenario, started_by=owner, finished=True),
        "crisis_assignment": CrisisAssignment.objects.filter(person=owner).first()
        or CrisisAssignmentFactory(person=owner),
    }
