"""Which teams a person may see, what their seats give them, and whose affairs are their own.

Teams know no product. A package that has something to hide registers which teams it hides
from whom; everything here that shows a team, a seat or a name in a seat goes through
`visible_teams`.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from ipd.kernel.days import today
from teams.models import Person, Seat, Team
from teams.models.rights import SeatedIn

HIDERS: list[Callable[[Person], QuerySet]] = []


def hides_teams(hidden: Callable[[Person], QuerySet]) -> Callable[[Person], QuerySet]:
    """Register `hidden(person)`: the ids of teams that do not exist for this person."""
    HIDERS.append(hidden)
    return hidden


def visible_teams(person: Person) -> QuerySet[Team]:
    """All teams but those that are hidden from the person."""
    teams = Team.objects.all()
    for hidden in HIDERS:
        teams = teams.exclude(pk__in=hidden(person))
    return teams


def visible_seats(person: Person) -> QuerySet[Seat]:
    """Today's seats, filled or open, in the teams the person may see."""
    seats = Seat.objects.current()
    for hidden in HIDERS:
        seats = seats.exclude(team__in=hidden(person))
    return seats


def can_see_own_work(person: Person, subject: Person) -> bool:
    """What somebody has still to do is shown to themselves alone."""
    return person.pk == subject.pk


def by_seat_in_team(person: Person) -> Q:
    """Decision rights that a seat in a team gives: to its holder, and to the deputy who stands in.

    Said of `role__seats`; whoever narrows it to some teams does so in the same filter, so that
    it is one seat that all is said of.
    """
    return Q(
        Q(role__seats__person=person) | Q(role__seats__deputy=person),
        seated_in=SeatedIn.TEAM,
        role__seats__period__contains=today(),
    )


def by_seat_in_body(person: Person) -> Q:
    """Decision rights that a seat in a body gives, to its holder alone; likewise narrowed."""
    return Q(
        seated_in=SeatedIn.BODY,
        role__seats__person=person,
        role__seats__period__contains=today(),
    )
