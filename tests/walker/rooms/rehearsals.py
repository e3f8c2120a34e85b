"""Rehearsals in the walk: the chair plays the board in one, the lead presented another.

Exercises are their person's alone; to everybody else neither is there.
"""

from django.utils import timezone

from gates.models import RehearsalGap, RehearsalSeat
from gates.models.rehearsals import Part
from gates.models.reviews import Stage
from teams.models import Seat
from tests.factories import PersonFactory
from tests.factories.rehearsals import ExerciseFactory, PlayedFactory
from tests.walker.rows import ALL, CHAIR, LPDT, PRESENCE, act, form, page

PLAYED = {"pk": "rehearsal"}

TABLE = {
    "gates:rehearsal-list": page(),
    "gates:rehearsal-exercise-new": act(None, ALL, data={"review": "decided_review"}),
    "gates:rehearsal-exercise": form("decided_anew", LPDT, denied=404),
    "gates:rehearsal-new": form("review", LPDT),
    "gates:rehearsal": page(PLAYED, get=CHAIR, denied=404),
    # Whoever says the outcome is in the room, as with a real one.
    "gates:rehearsal-decision": form(PLAYED, CHAIR, denied=404, touches=PRESENCE),
    "gates:rehearsal-end": act(PLAYED, CHAIR, denied=404),
    "gates:rehearsal-gap": act(PLAYED, CHAIR, denied=404),
    "gates:rehearsal-gap-settlement": act("rehearsal_gap", LPDT, denied=404),
}


def objects(product, *, owner, review) -> dict[str, object]:
    past = product.reviews.get(gate__code="CDCP")
    seat = Seat.objects.get(team=review.body_id, role__code="CHAIR")
    played = PlayedFactory(source=review, stage=Stage.REVEALED).review
    _plays(played, seat.person, Part.CHAIR)
    _plays(played, PersonFactory(), Part.PRESENTER)
    presented = PlayedFactory(source=past, stage=Stage.WITHDRAWN).review
    _plays(presented, owner, Part.PRESENTER)
    gap = RehearsalGap.objects.create(
        review=presented, text="No second source.", found_at=timezone.now()
    )
    return {
        "rehearsal": played,
        "rehearsal_gap": gap,
        "decided_anew": ExerciseFactory(review=past, person=owner),
    }


def _plays(review, person, part):
    RehearsalSeat.objects.create(review=review, person=person, function=person.function, part=part)
