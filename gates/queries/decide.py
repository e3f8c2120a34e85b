"""The lists a decision's form chooses from."""

from django.db.models import Exists, OuterRef, Q

from gates.models import Review, Vote
from gates.permissions import Voter
from gates.queries.room import SEALED
from teams.models import Function, Person, Seat


def people_to_choose(review: Review) -> dict[str, Person]:
    """Those who may answer for a condition or verify it: the team, the body, function heads.

    Heads only of products that are open to everybody, since an owner must see the product.
    """
    seats = Seat.objects.current().filter(team__in=[review.product.team_id, review.body_id])
    seated = Exists(seats.filter(Q(person=OuterRef("pk")) | Q(deputy=OuterRef("pk"))))
    rule = Q(seated)
    if not review.product.is_confidential:
        rule |= Exists(Function.objects.filter(head=OuterRef("pk")))
    people = Person.objects.filter(rule, is_active=True).order_by("name", "pk")
    return {str(person.pk): person for person in people}


def functions_to_choose() -> dict[str, Function]:
    return {str(function.pk): function for function in Function.objects.order_by("code")}


def open_votes(review: Review, voters: list[Voter]) -> list[Vote]:
    """The votes that stand, with their outcomes; none while they are sealed.

    Off-line there is no reveal: the votes open once every voting member has cast one.
    """
    if review.stage in SEALED and not review.is_circular:
        return []
    votes = list(Vote.objects.standing().filter(review=review).select_related("outcome"))
    everybody = {voter.person.pk for voter in voters}
    if review.stage in SEALED and not everybody <= {vote.voter_id for vote in votes}:
        return []
    return votes
