"""What checklists are computed from: packages above register the facts that they know.

A fact is a function of a person, their seat and the parameters of a checklist's item. It answers
with the rows that count, as a queryset of whatever model; or with a number, where it knows one
already. All querysets of a page are counted in one statement, so that a checklist costs the same
however many facts it reads.

    @tells("risk_owned")
    def risks(person, seat, params):
        return Risk.objects.open().filter(owner=person)

What has to be true rather than done (nothing is overdue) answers with one row when it is: `seat`
itself, unless there is a hitch (`holds`).
"""

from collections.abc import Callable, Mapping

from django.db.models import Q, QuerySet

from teams.models import Person, Seat

Fact = Callable[[Person, Seat, Mapping], QuerySet | int]
FACTS: dict[str, Fact] = {}


def tells(name: str) -> Callable[[Fact], Fact]:
    """Register what is counted for items with `fact = name`."""

    def register(fact: Fact) -> Fact:
        FACTS[name] = fact
        return fact

    return register


def holds(seat: Seat, condition: Q) -> QuerySet:
    """One row when the condition, said of the seat, is true; none otherwise."""
    return Seat.objects.filter(condition, pk=seat.pk)
