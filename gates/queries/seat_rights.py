"""All decision rights of one person at once, for lists of many reviews."""

from dataclasses import dataclass

from django.db.models import Q

from gates.models import Review
from teams.models import Person, Seat
from teams.models.rights import SeatedIn


@dataclass(frozen=True)
class SeatRights:
    """The teams a person sits in, and (team, act, chain) of every right; chain "" is both."""

    person_id: int
    held: frozenset[int]
    sat_in: frozenset[int]
    body: frozenset[tuple[int, str, str]]
    team: frozenset[tuple[int, str, str]]

    def in_body(self, act: str, review: Review) -> bool:
        """May do the act from a seat of their own in the deciding body."""
        chain = review.gate.chain.code
        return not self.body.isdisjoint({(review.body_id, act, ""), (review.body_id, act, chain)})

    def is_own(self, review: Review) -> bool:
        """Sits in the product's team, also as deputy, and so never votes on it."""
        return review.product.team_id in self.sat_in

    def teams_for(self, act: str) -> set[int]:
        """Teams of products in which the person may do the act."""
        return {team for team, named, _chain in self.team if named == act}


def of(person: Person) -> SeatRights:
    """Read in one query: a deputy stands in for the holder in a team, never in a body."""
    seats = Seat.objects.current().filter(Q(person=person) | Q(deputy=person))
    held, sat_in, body, team = set(), set(), set(), set()
    for team_id, holder, act, chain, seated_in in seats.values_list(
        "team", "person", "role__rights__act", "role__rights__chain", "role__rights__seated_in"
    ):
        sat_in.add(team_id)
        if holder == person.pk:
            held.add(team_id)
        if seated_in == SeatedIn.TEAM:
            team.add((team_id, act, chain))
        elif seated_in == SeatedIn.BODY and holder == person.pk:
            body.add((team_id, act, chain))
    return SeatRights(
        person.pk, frozenset(held), frozenset(sat_in), frozenset(body), frozenset(team)
    )
