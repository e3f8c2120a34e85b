"""How a company gets its academy: while nobody runs it, who has to sit where."""

from dataclasses import dataclass

from teams.models import DecisionRight
from teams.permissions.academy import ACADEMY, runners
from teams.queries.seats import ACTS


@dataclass(frozen=True)
class Chair:
    """A kind of seat in the academy's body, by the code that the table of seats asks for."""

    code: str
    name: str
    acts: list[str]


@dataclass(frozen=True)
class Founding:
    """The kind of body that an academy is, and its seats."""

    kind: str
    seats: list[Chair]


def founding() -> Founding | None:
    """None where somebody runs the academy; else two queries."""
    if runners().exists():
        return None
    rights = DecisionRight.objects.filter(body_kind=ACADEMY, act__in=ACTS)
    seats: dict[tuple[str, str], set[str]] = {}
    for code, name, act in rights.values_list("role__code", "role__name", "act"):
        seats.setdefault((code, name), set()).add(act)
    return Founding(
        ACADEMY,
        [
            Chair(code, name, [str(word) for act, word in ACTS.items() if act in acts])
            for (code, name), acts in sorted(seats.items())
        ],
    )
