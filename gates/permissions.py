"""Who may do what at a gate. Rights are rows of DecisionRight; each rule reads as its sentence.

What a person may *see* is a queryset (`visible_to`). What the state of a review allows is
the action's own affair, and is refused there.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from gates.models import Condition, Delegate, RehearsalSeat, Review, ReviewCriterion, Waiver
from gates.models.rehearsals import ACTS, BOARD, Part
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn
from teams.permissions import by_seat_in_body, by_seat_in_team


def _rights(person: Person, *, team: Q, body: Q) -> QuerySet[DecisionRight]:
    """The rights of the person's seats, those in teams and in bodies narrowed by `role__seats`.

    A deputy of a product team's seat stands in for its holder; in the deciding body only
    the holder counts, since a deputy there is named for each review.
    """
    of_its_kind = Q(body_kind="") | Q(body_kind=F("role__seats__team__kind"))
    return DecisionRight.objects.filter(
        (by_seat_in_team(person) & team) | (by_seat_in_body(person) & of_its_kind & body)
    )


def rights_of(person: Person, review: Review) -> frozenset[str]:
    """The acts that the person's seats, or part in a rehearsal, allow at this review; one query."""
    rights = _rights(
        person,
        team=Q(role__seats__team=review.product.team_id),
        body=Q(role__seats__team=review.body_id),
    ).filter(chain__in=["", review.gate.chain.code])
    if review.is_rehearsal:
        return _played(person, review, rights)
    return frozenset(rights.values_list("act", flat=True))


def _played(person: Person, review: Review, seated: QuerySet[DecisionRight]) -> frozenset[str]:
    """What the person's part in a rehearsal allows; of the real seats only money stays seen."""
    seats = RehearsalSeat.objects.filter(review=review, person=person)
    seat = seats.annotate(sees_money=Exists(seated.filter(act="see_money"))).first()
    if seat is None:
        return frozenset()
    return ACTS[Part(seat.part)] | ({"see_money"} if seat.sees_money else frozenset())


def may(person: Person, act: str) -> Exists:
    """A condition on rows with a `review`: `rights_of` has the act, said of all of them at once."""
    rights = _rights(
        person,
        team=Q(role__seats__team=OuterRef("review__product__team")),
        body=Q(role__seats__team=OuterRef("review__body")),
    )
    chains = ["", OuterRef("review__gate__chain__code")]
    return Exists(rights.filter(act=act, chain__in=chains))


def may_somewhere(person: Person, act: str) -> bool:
    """Some seat of the person allows the act in its own team or body."""
    return _rights(person, team=Q(), body=Q()).filter(act=act).exists()


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
    """The voting members of the deciding body, without the product team's own members.

    One query, and another where deputies were named.
    """
    if review.is_rehearsal:
        return _board_of(review)
    team, body = review.product.team_id, review.body_id
    rights = DecisionRight.objects.filter(
        role=OuterRef("role"),
        chain__in=["", review.gate.chain.code],
        seated_in=SeatedIn.BODY,
        body_kind__in=["", OuterRef("team__kind")],
    )
    named = Delegate.objects.filter(review=review, member=OuterRef("person"))
    seats = list(
        Seat.objects.current()
        .filter(team__in=[team, body])
        .annotate(
            votes=Exists(rights.filter(act="vote")),
            decides=Exists(rights.filter(act="decide")),
            stands_in=Subquery(named.values("deputy")[:1]),
        )
        .select_related("person", "function")
        .order_by("role__order", "function__code")
    )
    own = {pk for seat in seats if seat.team_id == team for pk in (seat.person_id, seat.deputy_id)}
    deputies = Person.objects.in_bulk({seat.stands_in for seat in seats if seat.stands_in})
    voters: dict[int, Voter] = {}
    for seat in seats:
        if seat.team_id != body or seat.person_id is None or not seat.votes:
            continue
        if seat.person_id not in own and seat.person_id not in voters:
            voters[seat.person_id] = Voter(
                person=seat.person,
                function=seat.function.code,
                is_chair=seat.decides,
                deputy=deputies.get(seat.stands_in),
            )
    return list(voters.values())


def _board_of(review: Review) -> list[Voter]:
    """The colleagues who play the board in a rehearsal, the chair first."""
    seats = RehearsalSeat.objects.filter(review=review, part__in=BOARD)
    return [
        Voter(seat.person, seat.function.code, is_chair=seat.part == Part.CHAIR)
        for seat in seats.select_related("person", "function").order_by("part", "pk")
    ]


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
