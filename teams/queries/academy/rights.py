"""What each of a person's seats allows, in words."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from teams.models import DecisionRight, Person, Seat
from teams.queries.seats import ACTS


@dataclass(frozen=True)
class Own:
    """A seat and what it allows; `deputises` says that somebody else holds it."""

    seat: Seat
    acts: list[str]
    deputises: bool


def own(person: Person, seats: QuerySet[Seat]) -> list[Own]:
    """The rights of the person's seats of today, in the order of a review's life; two queries."""
    rights = Prefetch("role__rights", DecisionRight.objects.order_by("act", "chain"))
    rows = seats.filter(Q(person=person) | Q(deputy=person)).select_related("team", "role")
    return [
        Own(seat, _words(seat), seat.person_id != person.pk)
        for seat in rows.prefetch_related(rights).order_by("team__code", "pk")
    ]


def _words(seat: Seat) -> list[str]:
    """Acts that hold where this seat stands: in a body of its kind, or in a product's team."""
    chains: dict[str, set[str]] = {}
    for right in seat.role.rights.all():
        if right.body_kind in ("", seat.team.kind):
            chains.setdefault(right.act, set()).add(right.chain)
    order = {act: place for place, act in enumerate(ACTS)}
    return [_said(act, chains[act]) for act in sorted(chains, key=lambda act: order.get(act, 99))]


def _said(act: str, chains: set[str]) -> str:
    word = str(ACTS.get(act, act))
    return word if "" in chains else f"{word} ({', '.join(sorted(chains))})"
