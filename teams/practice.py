"""What of a learner's own work is worth practising: the register for packages above.

Teams know no product and no gate. A package that knows what a person leads registers a
function of the person that tells which gaps stand in the way of the next gate.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from teams.models import Person


@dataclass(frozen=True)
class Gap:
    """One thing that is not there yet; `tone` as in status chips."""

    text: str
    url: str
    label: str = ""
    tone: str = "none"


@dataclass(frozen=True)
class Practice:
    """The next gate of something the person leads, and what it lacks.

    total  how many gaps there are in all; `gaps` are the first of them
    url    the page of the gate; `practice_url` where it can be rehearsed, where it can
    """

    name: str
    gate: str
    on: date | None
    url: str
    total: int
    gaps: list[Gap] = field(default_factory=list)
    practice_url: str = ""


Practices = Callable[[Person], list[Practice]]
PRACTICES: list[Practices] = []


def practises(tells: Practices) -> Practices:
    """Register `tells(person)`; it costs two queries at most, whatever the person leads."""
    if tells not in PRACTICES:
        PRACTICES.append(tells)
    return tells


def practices_of(person: Person) -> list[Practice]:
    """What all registered ones tell."""
    return [one for tells in PRACTICES for one in tells(person)]
