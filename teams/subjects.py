"""What teams answer for: the register through which packages above tell teams of their products.

Teams know no product, and KPIs are of teams. A package that knows what a team answers for
registers one `Subjects`; KPIs find there what a measure counts, in which phase it is, to which
group (a product line) its figures add up, who may see it, and what happened to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import QuerySet


@dataclass(frozen=True)
class Subject:
    """What one team answers for.

    measured  the id by which measures know it
    group     code of what its figures add up to, beside the company
    is_open   whether everybody who signs in may see it; sums that are stored leave others out
    """

    team: int
    measured: int
    code: str
    name: str
    group: str
    group_name: str
    phase: str
    phase_name: str
    url: str
    is_open: bool = True


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day and belongs on a time axis: a gate's decision."""

    day: date
    label: str
    tone: str = "none"
    url: str = ""

    @property
    def short(self) -> str:
        """What stands on the axis itself, where there is room for one word: the gate."""
        return self.label.split(" ", 1)[0]


class Subjects(Protocol):
    """What the package that knows products tells; every method takes sets, in constant queries."""

    def of(self, teams: Iterable[int]) -> dict[int, Subject]:
        """The subject of each of these teams; a team without one (a board) is left out."""

    def measured(self, *, group: str = "", only_open: bool = False) -> dict[int, Subject]:
        """The subjects of all teams that are measured now, by team; `group` narrows to one."""

    def ended(self) -> dict[int, Subject]:
        """The subjects of teams whose work has ended: what happened to them still counts in sums
        over the days in which it did."""

    def open_groups(self) -> dict[int, str]:
        """The group of each team, measured or ended, that everybody may see."""

    def visible_to(self, person, *, group: str = "") -> QuerySet:
        """The ids of the measured teams that the person may see."""

    def confidential_to(self, person, *, group: str = "") -> QuerySet:
        """The ids of the measured teams that the person may see, but not everybody."""

    def groups(self) -> list[tuple[str, str]]:
        """Code and name of each group, in order."""

    def phases(self) -> list[tuple[str, str]]:
        """Code and name of each phase that teams go through, in order."""

    def acts_of(self, person, team: int) -> frozenset[str]:
        """What the person's seats allow on the team's work; money needs "see_money"."""

    def may(self, person, act: str) -> QuerySet:
        """The ids of the measured teams where the person may do the act."""

    def acts_in_group(self, person, group: str) -> frozenset[str]:
        """What a seat in one of the group's bodies allows; "" is any body of any group."""

    def granted(self, person) -> QuerySet:
        """The ids of the teams whose money the person may see."""


Marker = Callable[[list[int], date, date], dict[int, list[Mark]]]

REGISTERED: list[Subjects] = []
MARKERS: list[Marker] = []


def register(told_by: Subjects) -> Subjects:
    """Enter the one who knows; the composition has exactly one."""
    if REGISTERED and type(REGISTERED[0]) is not type(told_by):
        raise ValueError("What teams answer for is registered twice.")
    REGISTERED[:] = [told_by]
    return told_by


def subjects() -> Subjects:
    """The registered one."""
    return REGISTERED[0]


def marks_things(marker: Marker) -> Marker:
    """Register `marker(measured ids, first, last)`: what happened to whom in these days."""
    if marker not in MARKERS:
        MARKERS.append(marker)
    return marker


def marks(measured: Iterable[int], first: date, last: date) -> dict[int, list[Mark]]:
    """What happened to each of the measured in these days, by day."""
    ids, found = list(measured), {}
    for marker in MARKERS:
        for one, happened in marker(ids, first, last).items():
            found.setdefault(one, []).extend(happened)
    return {one: sorted(happened, key=lambda mark: mark.day) for one, happened in found.items()}
