"""What each of a person's seats allows, in words."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from teams.facts import boards
from teams.models import DecisionRight, Person, Seat
from teams.models.rights import SeatedIn
from teams.queries.seats import ACTS


@dataclass(frozen=True)
class Own:
    """A seat and what it allows; `deputises` says that somebody else holds it."""

    seat: Seat
    acts: list[str]
    deputises: bool


def own(person: Person, seats: QuerySet[Seat]) -> list[Own]:
    """The rights of the person's seats of today, in the order of a review's life; three queries.

    A right of "the body that decides" is one of seats on such a body, and of their holders alone.
    """
    rights = Prefetch("role__rights", DecisionRight.objects.order_by("act", "chain"))
    rows = seats.filter(Q(person=person) | Q(deputy=person)).select_related("team", "role")
    rows = list(rows.prefetch_related(rights).order_by("team__code", "pk"))
    deciding = set(boards().filter(pk__in=[seat.team_id for seat in rows]).values_list("pk"))
    return [
        Own(
            seat,
            _words(seat, decides=(seat.team_id,) in deciding, holds=seat.person_id == person.pk),
            seat.person_id != person.pk,
        )
        for seat in rows
    ]


def _words(seat: Seat, *, decides: bool, holds: bool) -> list[str]:
    chains: dict[str, set[str]] = {}
    for right in seat.role.rights.all():
        in_body = right.seated_in == SeatedIn.BODY
        here = seat.team.kind == right.body_kind if right.body_kind else decides or not in_body
        if here and (holds or not in_body):
            chains.setdefault(right.act, set()).add(right.chain)
    order = {act: place for place, act in enumerate(ACTS)}
    return [_said(act, chains[act]) for act in sorted(chains, key=lambda act: order.get(act, 99))]


def _said(act: str, chains: set[str]) -> str:
    word = str(ACTS.get(act, act))
    return word if "" in chains else f"{word} ({', '.join(sorted(chains))})"
