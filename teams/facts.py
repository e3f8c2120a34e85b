"""What checklists are computed from: packages above register the facts that they know.

A fact is a function of a person, their seat and the parameters of a checklist's item. It answers
with the rows that count, as a queryset of whatever model; or with a number, where it knows one
already. All querysets of a page are counted in one statement, so that a checklist costs the same
however many facts it reads.

    @tells("risk_owned", where=lambda seat, params: reverse("ipd:risks"))
    def risks(person, seat, params):
        return Risk.objects.open().filter(owner=person)

What has to be true rather than done (nothing is overdue) answers with one row when it is: `seat`
itself, unless there is a hitch (`holds`).
"""

from collections.abc import Callable, Mapping
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse

from teams.models import Person, Seat, Team

Fact = Callable[[Person, Seat, Mapping], QuerySet | int]
Where = Callable[[Seat, Mapping], str]

FACTS: dict[str, Fact] = {}
WHERE: dict[str, Where] = {}
DECIDING: list[Callable[[], QuerySet]] = []


def tells(name: str, *, where: Where | None = None) -> Callable[[Fact], Fact]:
    """Register what is counted for items with `fact = name`, and where such a thing is done."""

    def register(fact: Fact) -> Fact:
        FACTS[name] = fact
        if where is not None:
            WHERE[name] = where
        return fact

    return register


def leads_to(name: str, where: Where) -> None:
    """Register where a fact is made true, for one that somebody else tells."""
    WHERE[name] = where


def at(route: str) -> Where:
    """Always this address, which takes no argument."""
    return partial(_reverse, route)


def at_the_seat(seat: Seat, params: Mapping) -> str:
    """The page of the seat itself."""
    return reverse("teams:checklist-seat", args=[seat.pk])


def at_the_team(seat: Seat, params: Mapping) -> str:
    """The page of the seat's team, which leads to its product and next gates."""
    return reverse("teams:team", args=[seat.team_id])


def _reverse(route: str, seat: Seat, params: Mapping) -> str:
    return reverse(route)


def decides(kinds: Callable[[], QuerySet]) -> Callable[[], QuerySet]:
    """Register the kinds of body that decide reviews: a seat there is one on a board."""
    if kinds not in DECIDING:
        DECIDING.append(kinds)
    return kinds


def boards() -> QuerySet[Team]:
    """The teams that decide reviews."""
    wanted = Q(pk__in=[])
    for kinds in DECIDING:
        wanted |= Q(kind__in=kinds())
    return Team.objects.filter(wanted)


def holds(seat: Seat, condition: Q) -> QuerySet:
    """One row when the condition, said of the seat, is true; none otherwise."""
    return Seat.objects.filter(condition, pk=seat.pk)
