"""A lottery that anybody can check: the order follows from a published seed alone.

Each who waits gets the SHA-256 of the seed, a colon and their number; the smallest text comes
first. With strata the places are shared by how many wait in each, the largest remainders first.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Ticket:
    """One who waits, in the drawn order; `drawn` has got a place."""

    rank: int
    code: str
    stratum: str
    mark: str
    drawn: bool


def mark_of(seed: str, code: str) -> str:
    """What a person's place in the order is decided by, in hexadecimal.

    >>> mark_of("norvane", "T001")[:8]
    '2f5613d1'
    """
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def shares(waiting: Mapping[str, int], places: int) -> dict[str, int]:
    """Places for each stratum, in proportion to how many wait in it; ties by name.

    >>> shares({"RD": 5, "SE": 3, "QA": 1}, 4)
    {'QA': 1, 'RD': 2, 'SE': 1}
    >>> shares({"RD": 1}, 4)
    {'RD': 1}
    """
    everybody = sum(waiting.values())
    places = min(places, everybody)
    exact = {name: waiting[name] * places / everybody for name in sorted(waiting)}
    given = {name: int(share) for name, share in exact.items()}
    left = sorted(exact, key=lambda name: (given[name] - exact[name], name))
    for name in left[: places - sum(given.values())]:
        given[name] += 1
    return given


def draw(strata: Mapping[str, str], *, seed: str, places: int) -> list[Ticket]:
    """The order of all who wait (code to stratum; one stratum for all, where there are none).

    Those with a place come first, then who moves up, each by their mark.
    """
    marks = {code: mark_of(seed, code) for code in strata}
    left = Counter(shares(Counter(strata.values()), places)) if strata else Counter()
    drawn = set()
    for code in sorted(strata, key=marks.get):
        if left[strata[code]]:
            left[strata[code]] -= 1
            drawn.add(code)
    order = sorted(strata, key=lambda code: (code not in drawn, marks[code]))
    return [
        Ticket(rank, code, strata[code], marks[code], code in drawn)
        for rank, code in enumerate(order, start=1)
    ]
