"""What cuts a team's bonus pool, told by the packages that know the facts.

A finder is asked for everything at once: measured ids and a day. Which fact cuts how much is
said here once (`teams.models.bonus_teams.FACTORS`), and every finding names its own facts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Found:
    """One fact of one measured thing; `kind` is a FindingKind.

    key  names the fact for good among those of the same thing, by codes: also files refer to it
    """

    kind: str
    key: str
    text: str
    link: str = ""


Finder = Callable[[list[int], date], dict[int, list[Found]]]
FINDERS: list[Finder] = []


def finds(finder: Finder) -> Finder:
    """Register `finder(measured ids, day)`; it costs a constant number of queries."""
    if finder not in FINDERS:
        FINDERS.append(finder)
    return finder


def found(measured: Iterable[int], day: date) -> dict[int, list[Found]]:
    """What all finders find, by measured id."""
    ids, everything = list(measured), {}
    for finder in FINDERS:
        for one, facts in finder(ids, day).items():
            everything.setdefault(one, []).extend(facts)
    return everything
