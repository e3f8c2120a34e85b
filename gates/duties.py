"""Who may do what after a decision, and who is called when a condition is late."""

from django.db.models import F

from gates.models import Condition, Review
from gates.permissions import can_submit_condition, can_verify_condition, rights_of
from ipd.models import Product
from teams.models import Person, Seat
from teams.models.rights import SeatedIn

CHAIR, FUNCTION = "chair", "function"


def acts_on(person: Person, condition: Condition) -> frozenset[str]:
    """What the person may do with a condition, whatever its state now.

    The owner accepts and submits; the verifier, never the owner, verifies and rejects; the
    chair extends; the chair and the owning function waive, but nobody their own condition.
    """
    acts = set()
    if can_submit_condition(person, condition):
        return frozenset({"accept", "submit"})
    if can_verify_condition(person, condition):
        acts |= {"verify", "reject"}
    if "condition_extend" in rights_of(person, condition.review):
        acts.add("extend")
    if waiver_lines(person, condition):
        acts.add("waive")
    return frozenset(acts)


def waiver_lines(person: Person, condition: Condition) -> list[str]:
    """The lines of a waiver the person may sign: the chair's, and the owning function's.

    For the function its head signs, or who sits in the deciding body for it.
    """
    if person.pk == condition.owner_id:
        return []
    review = condition.review
    lines = []
    seats = _seats_with(review, "condition_waive").filter(person=person)
    if seats.filter(pk__in=_seats_with(review, "decide")).exists():
        lines.append(CHAIR)
    if (
        condition.function.head_id == person.pk
        or seats.filter(function=condition.function_id).exists()
    ):
        lines.append(FUNCTION)
    return lines


def _seats_with(review: Review, act: str):
    """Today's seats of the deciding body whose role holds the right."""
    return Seat.objects.current().filter(
        team=review.body_id,
        person__isnull=False,
        role__rights__act=act,
        role__rights__seated_in=SeatedIn.BODY,
        role__rights__body_kind__in=["", F("team__kind")],
        role__rights__chain__in=["", review.gate.chain.code],
    )


def chairs_of(review: Review) -> list[Person]:
    """Who chairs the deciding body of the review today."""
    return _people(_seats_with(review, "decide"))


def holders_in_body(review: Review, act: str) -> list[Person]:
    """Who sits in the deciding body with this right."""
    return _people(_seats_with(review, act))


def leads_of(product: Product) -> list[Person]:
    """Who leads the product's team: the seats that may ask for a waiver."""
    return _people(
        Seat.objects.current().filter(
            team=product.team_id,
            person__isnull=False,
            role__rights__act="waive_request",
            role__rights__seated_in=SeatedIn.TEAM,
        )
    )


def _people(seats) -> list[Person]:
    return list(Person.objects.filter(pk__in=seats.values("person")))
