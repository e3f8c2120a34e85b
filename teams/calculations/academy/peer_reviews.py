"""What colleagues' answers add up to without telling who gave which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

LEAST_OF_A_GROUP, LEAST_OF_ALL = 3, 4
PEERS, MANAGERS, OTHERS = 2, 1, 1  # the least of each group that is named
WIDE = 1.0  # levels by which somebody rates above or below all others


@dataclass(frozen=True)
class Mean:
    """A mean level of 1 to 5, and of how many answers."""

    value: float
    n: int


@dataclass(frozen=True)
class Shown:
    """What may be shown of one item: the mean of all, and of groups that stand apart."""

    all: Mean | None = None
    groups: Mapping[str, Mean] = field(default_factory=dict)


def shown(scores: Mapping[str, Sequence[int]]) -> Shown:
    """All from four answers, a group from three; and never so that a smaller group could be
    worked out from the rest: then the groups are joined.

    >>> shown({"peer": [3, 4], "manager": [2]}).all is None
    True
    >>> shown({"peer": [3, 4], "manager": [2], "other": [3]}).all
    Mean(value=3.0, n=4)
    >>> shown({"peer": [3, 4, 5], "manager": [2]}).groups
    {}
    >>> found = shown({"peer": [3, 4, 5], "manager": [2], "other": [3, 3]})
    >>> found.all.n, found.groups
    (6, {'peer': Mean(value=4.0, n=3)})
    >>> shown({"peer": [3, 4, 5], "manager": [1], "other": [3, 3, 3]}).groups
    {'peer': Mean(value=4.0, n=3)}
    """
    everybody = [score for given in scores.values() for score in given]
    if len(everybody) < LEAST_OF_ALL:
        return Shown()
    apart = {name: given for name, given in scores.items() if len(given) >= LEAST_OF_A_GROUP}
    rest = len(everybody) - sum(map(len, apart.values()))
    while apart and 0 < rest < LEAST_OF_A_GROUP:
        # The last of the smallest joins those who are too few.
        name = min(reversed(apart), key=lambda one: len(apart[one]))
        rest += len(apart.pop(name))
    return Shown(_mean(everybody), {name: _mean(given) for name, given in apart.items()})


def _mean(given: Sequence[int]) -> Mean:
    return Mean(round(fmean(given), 2), len(given))


@dataclass(frozen=True)
class Lean:
    """How one rater compares with the others who rated the same people.

    own         the rater's mean level over `items` items of `people` people
    others      the others' mean of the same; None below three people, so that nobody's result
                is told by it
    difference  own − others, in levels
    throughout  every item of theirs lies more than one level off, on the same side
    """

    own: float
    difference: float
    items: int
    people: int
    throughout: bool

    @property
    def others(self) -> float | None:
        return round(self.own - self.difference, 2) if self.people >= LEAST_OF_A_GROUP else None

    @property
    def word(self) -> str:
        if abs(self.difference) < WIDE / 2:
            return "alike"
        return "higher" if self.difference > 0 else "lower"


def lean(reviews: Iterable[tuple[Mapping[str, int], Sequence[Mapping[str, int]]]]) -> Lean | None:
    """Compare own answers with the others', review by review, item by item; None where no item
    was rated by three others.

    >>> mine, one = {"P01": 5, "P02": 5}, {"P01": 3, "P02": 3}
    >>> found = lean([(mine, [one, one, one])])
    >>> found.difference, found.word, found.throughout, found.others
    (2.0, 'higher', True, None)
    >>> lean([(mine, [one, one])]) is None
    True
    """
    own, differences, people = [], [], 0
    for mine, others in reviews:
        before = len(own)
        for code, score in mine.items():
            theirs = [given[code] for given in others if code in given]
            if len(theirs) >= LEAST_OF_A_GROUP:
                own.append(score)
                differences.append(score - fmean(theirs))
        people += len(own) > before
    if not own:
        return None
    above = all(one > WIDE for one in differences)
    below = all(one < -WIDE for one in differences)
    return Lean(
        round(fmean(own), 2), round(fmean(differences), 2), len(own), people, above or below
    )
