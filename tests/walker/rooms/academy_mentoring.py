"""Mentoring, reviews by colleagues and checklists in the walk.

The product's lead is the learner and pqa the mentor; a core member is asked to review somebody.
"""

from datetime import date

from teams.models import KnowledgeClaim, Person, Seat, SharedAction
from tests.factories.academy import PathElementFactory, PathStageFactory
from tests.factories.academy_mentoring import PeerRaterFactory, PeerReviewFactory
from tests.factories.people import PersonFactory, SeatFactory
from tests.walker.learners import LEARNER, enrolment_of, mentorship_of
from tests.walker.rows import ACADEMY, ALL, LPDT, NOBODY, PQA, act, form, page

ASKED, COLLEAGUE = "Carl Core", frozenset(["core_member"])
CHECKS = frozenset(["secretary", "chair", "leader", "organiser", "pqa", "administrator"])
NOTED = frozenset(["teams_deed"])  # opening it is what the checklist asks for
OWN = {"everywhere": True, "denied": 404}
PAIR, REVIEW, SEAT = "walked_pair", "peer_review", "own_seat"

TABLE = {
    "teams:mentoring": page(),
    "teams:mentor-offer": form(None, ALL),
    "teams:mentor-choice": page("mentored", get=LPDT | ACADEMY, **OWN),
    "teams:mentor-wish": act("mentored", LPDT, **OWN),
    "teams:mentor-proposal": act("mentored", LPDT | ACADEMY, **OWN),
    "teams:mentorship": page(PAIR, get=LPDT | PQA | ACADEMY, **OWN),
    "teams:mentorship-acceptance": act(PAIR, PQA, sees=LPDT | ACADEMY, **OWN),
    "teams:mentorship-refusal": act(PAIR, PQA, sees=LPDT | ACADEMY, **OWN),
    "teams:mentorship-session": act(PAIR, LPDT | PQA, sees=ACADEMY, **OWN),
    "teams:mentorship-goals": act(PAIR, LPDT | PQA, sees=ACADEMY, **OWN),
    "teams:mentorship-action": act(PAIR, LPDT | PQA, sees=ACADEMY, **OWN),
    "teams:mentorship-action-done": act("shared_action", LPDT | PQA, sees=ACADEMY, **OWN),
    "teams:mentorship-note": act(PAIR, PQA, sees=LPDT | ACADEMY, **OWN),
    "teams:mentorship-health": act(PAIR, LPDT | PQA, sees=ACADEMY, **OWN),
    "teams:mentorship-end": act(PAIR, LPDT | PQA | ACADEMY, **OWN),
    "teams:peer-review-list": page(),
    "teams:peer-review-new": form({"pk": "mentored", "element": "peer_element"}, LPDT, **OWN),
    "teams:peer-review": page(REVIEW, get=LPDT | PQA | ACADEMY, **OWN),
    "teams:peer-review-rater": act(REVIEW, LPDT | ACADEMY, sees=PQA, **OWN),
    "teams:peer-review-rater-removal": act("peer_rater", LPDT | ACADEMY, sees=PQA, **OWN),
    "teams:peer-review-agreement": act(REVIEW, PQA | ACADEMY, sees=LPDT, **OWN),
    "teams:peer-review-day": act(REVIEW, LPDT | ACADEMY, sees=PQA, **OWN),
    "teams:peer-review-closing": act(REVIEW, LPDT | ACADEMY, sees=PQA, **OWN),
    "teams:peer-review-telling": act(REVIEW, LPDT, sees=PQA | ACADEMY, **OWN),
    "teams:peer-review-answer": form("peer_asked", COLLEAGUE, **OWN),
    "teams:peer-review-refusal": act("peer_asked", COLLEAGUE, **OWN),
    "teams:checklists": page(),
    "teams:checklist-seat": page(SEAT, get=LPDT, **OWN),
    "teams:checklist-seat-confirmation": act(SEAT, LPDT, **OWN),
    "teams:checklist-seat-deputy": act(SEAT, LPDT, **OWN),
    "teams:checklist-knowledge": act(SEAT, LPDT, **OWN),
    "teams:checklist-knowledge-removal": act({"pk": SEAT, "claim": "knowledge_claim"}, LPDT, **OWN),
    "teams:ledger-check": form(None, CHECKS),
    "teams:team-rights": page(touches=NOTED),
    "gates:calendar-subscription": form(None, ALL),
    "gates:calendar-subscription-end": act(None, ALL),
    # Read by programs that cannot sign in; an address that nobody made is not there.
    "gates:calendar-feed": page(
        {"token": "none"}, get=NOBODY, everywhere=True, denied=404, signed_in=False
    ),
}


def objects(product, *, owner, review) -> dict[str, object]:
    """The owner's pair, a review of them that is being named, and one they do not know of."""
    enrolment, pair = enrolment_of(owner), mentorship_of(owner)
    element = PathElementFactory(
        stage=PathStageFactory(path=enrolment.path, number=8), kind="PEER_REVIEW"
    )
    named = PeerReviewFactory(enrolment=enrolment, element=element)
    known = owner.name == LEARNER
    asked = Person.objects.get(name=ASKED) if known else PersonFactory()
    seat = Seat.objects.filter(person=owner).first() or SeatFactory(person=owner)
    return {
        "mentored": enrolment,
        PAIR: pair,
        "shared_action": SharedAction.objects.create(
            mentorship=pair, text="Ask", person=owner, due_on=date(2030, 1, 7)
        ),
        "peer_element": element,
        REVIEW: named,
        "peer_rater": PeerRaterFactory(review=named),
        "peer_asked": PeerRaterFactory(
            person=asked, review__state="agreed", review__due_on=date(2030, 1, 7)
        ),
        SEAT: seat,
        "knowledge_claim": KnowledgeClaim.objects.create(
            person=owner, team=seat.team, area="Filters", level=3, claimed_on=date(2026, 11, 1)
        ),
    }
