"""Whether a body may decide: enough voters, the chair, and the functions it must hear."""

from collections.abc import Collection
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True)
class Quorum:
    """`present` of `voters` are there, `needed` must be; `missing` names what else lacks."""

    voters: int
    present: int
    needed: int
    chair_present: bool
    missing_functions: list[str] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed and self.chair_present and not self.missing_functions


def needed(voters: int, numerator: int, denominator: int) -> int:
    """The smallest number of voters that is at least numerator/denominator of all.

    >>> needed(8, 2, 3)
    6
    >>> needed(0, 2, 3)
    1
    """
    return max(1, ceil(voters * numerator / denominator))


def quorum(
    voters: Collection[tuple[int, str]],
    *,
    present: Collection[int],
    chair: int | None,
    functions: Collection[str],
    numerator: int,
    denominator: int,
) -> Quorum:
    """The quorum of a body.

    voters     (person, code of the function they represent), the chair included.
    present    the people who are there, by themselves or by a deputy named before.
    functions  codes of the functions of which a voter must be present.

    >>> quorum([(1, "EXE"), (2, "FIN"), (3, "RD")], present={1, 3}, chair=1,
    ...        functions=["FIN"], numerator=2, denominator=3).missing_functions
    ['FIN']
    """
    there = [(person, function) for person, function in voters if person in present]
    heard = {function for _person, function in there}
    return Quorum(
        voters=len(voters),
        present=len(there),
        needed=needed(len(voters), numerator, denominator),
        chair_present=chair is not None and chair in present,
        missing_functions=[code for code in functions if code not in heard],
    )
