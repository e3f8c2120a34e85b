"""Who may do what at a gate. Rights are rows of DecisionRight; each rule reads as its sentence.

What a person may *see* is a queryset (`visible_to`). What the state of a review allows is
the action's own affair, and is refused there.
"""

from dataclasses import dataclass

from django.db.models import F, Q

from gates.models import Condition, Delegate, Review, ReviewCriterion, Waiver
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn


def rights_of(person: Person, review: Review) -> frozenset[str]:
    """The acts the person's seats allow at this review, in one query.

    A deputy of a product team's seat stands in for its holder; in the deciding body only
    the holder counts, since a deputy there is named for each review.
    """
    chain = review.gate.chain.code
    team = Q(
        Q(role__seats__person=person) | Q(role__seats__deputy=person),
        seated_in=SeatedIn.TEAM,
        role__seats__team=review.product.team_id,
        role__seats__in=Seat.objects.current(),
    )
    body = Q(
        Q(body_kind="") | Q(body_kind=F("role__seats__team__kind")),
        seated_in=SeatedIn.BODY,
        role__seats__person=person,
        role__seats__team=review.body_id,
        role__seats__in=Seat.objects.current(),
    )
    rights = DecisionRight.objects.filter(team | body, chain__in=["", chain])
    return frozenset(rights.values_list("act", flat=True))


def can(person: Person, act: str, review: Review) -> bool:
    """The person holds a seat whose decision right names this act."""
    return act in rights_of(person, review)


@dataclass(frozen=True)
class Voter:
    """A voting member, the function they represent, and the deputy named for this review."""

    person: Person
    function: str
    is_chair: bool
    deputy: Person | None = None

    @property
    def acts_through(self) -> Person:
        return self.deputy or self.person


def voters_of(review: Review) -> list[Voter]:
    """The voting members of the deciding body, without the product team's own members."""
    team = set()
    for holder, deputy in (
        Seat.objects.current().filter(team=review.product.team_id).values_list("person", "deputy")
    ):
        team |= {holder, deputy}
    chain = review.gate.chain.code
    rights = DecisionRight.objects.filter(chain__in=["", chain], seated_in=SeatedIn.BODY)
    acts: dict[int, set[str]] = {}
    for role, act in rights.filter(act__in=["vote", "decide"]).values_list("role", "act"):
        acts.setdefault(role, set()).add(act)
    deputies = {
        named.member_id: named.deputy
        for named in Delegate.objects.filter(review=review).select_related("deputy")
    }
    seats = (
        Seat.objects.current()
        .filter(team=review.body_id, person__isnull=False)
        .select_related("person", "function")
        .order_by("role__order", "function__code")
    )
    voters: dict[int, Voter] = {}
    for seat in seats:
        held = acts.get(seat.role_id, set())
        if "vote" in held and seat.person_id not in team and seat.person_id not in voters:
            voters[seat.person_id] = Voter(
                person=seat.person,
                function=seat.function.code,
                is_chair="decide" in held,
                deputy=deputies.get(seat.person_id),
            )
    return list(voters.values())


def votes_for(person: Person, review: Review) -> list[Voter]:
    """The voting members the person votes for here: themselves, or whose deputy they are."""
    return [voter for voter in voters_of(review) if voter.acts_through.pk == person.pk]


def can_vote(person: Person, review: Review) -> bool:
    """Members of the deciding body vote, or their named deputy; the own team never does."""
    return bool(votes_for(person, review))


def can_decide(person: Person, review: Review) -> bool:
    """The chair of the deciding body decides, or the chair's named deputy; never a presenter."""
    return any(voter.is_chair for voter in votes_for(person, review))


def can_assess(person: Person, criterion: ReviewCriterion) -> bool:
    """Its owner assesses a criterion, and whoever leads the team."""
    rights = rights_of(person, criterion.review)
    return "assess" in rights and (
        criterion.owner_id in (None, person.pk)
        or "present" in rights
        or _represents(person, criterion)
    )


def _represents(person: Person, criterion: ReviewCriterion) -> bool:
    seats = Seat.objects.current().filter(
        Q(person=person) | Q(deputy=person), team=criterion.review.product.team_id
    )
    return seats.filter(function=criterion.function_id).exists()


def can_sign_waiver(person: Person, waiver: Waiver) -> bool:
    """The chair signs, and the head of the function that owns the criterion; never who asked."""
    if person.pk == waiver.requested_by_id:
        return False
    return signs_as_chair(person, waiver) or signs_as_function(person, waiver)


def signs_as_chair(person: Person, waiver: Waiver) -> bool:
    """The chair of the deciding body."""
    return can_decide(person, waiver.criterion.review)


def signs_as_function(person: Person, waiver: Waiver) -> bool:
    """The head of the function that owns the criterion."""
    return waiver.criterion.function.head_id == person.pk


def can_submit_condition(person: Person, condition: Condition) -> bool:
    """Only its owner submits a condition."""
    return condition.owner_id == person.pk


def can_verify_condition(person: Person, condition: Condition) -> bool:
    """Only its verifier verifies or rejects it, and that is never the owner."""
    return condition.verifier_id == person.pk != condition.owner_id


def can_see_money(person: Person, review: Review) -> bool:
    """A seat in the team or the deciding body that carries the grant."""
    return can(person, "see_money", review)
