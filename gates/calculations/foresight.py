"""How well somebody foresaw what came of decisions: counts first, since they are few."""

from collections.abc import Iterable
from dataclasses import dataclass

CHANCES = (10, 30, 50, 70, 90)  # percent that may be said


@dataclass(frozen=True)
class Step:
    """What was said with one chance: how often, and how often it came true."""

    chance: int
    said: int
    came: int

    @property
    def expected(self) -> float:
        """How often it should have come true."""
        return self.chance * self.said / 100


def calibration(said: Iterable[tuple[int, bool]]) -> list[Step]:
    """A step for each chance that was said at all, the lowest first.

    >>> calibration([(90, True), (90, False), (10, False)])
    [Step(chance=10, said=1, came=0), Step(chance=90, said=2, came=1)]
    """
    pairs = list(said)
    return [
        Step(chance, sum(c == chance for c, _ in pairs), sum(c == chance and t for c, t in pairs))
        for chance in sorted({chance for chance, _ in pairs})
    ]


def brier(said: Iterable[tuple[int, bool]]) -> float | None:
    """Mean squared distance of the chances from what came: 0 is perfect, always 50 % gives 0.25.

    >>> brier([(50, True), (50, False)])
    0.25
    >>> round(brier([(90, True), (30, False)]), 4)
    0.05
    >>> brier([]) is None
    True
    """
    errors = [(chance / 100 - came) ** 2 for chance, came in said]
    return sum(errors) / len(errors) if errors else None


@dataclass(frozen=True)
class Misses:
    """By how many days forecasts were wrong; `bias` above zero: the delay was underrated."""

    n: int
    mean: float
    bias: float


def misses(days: Iterable[tuple[int, int]]) -> Misses | None:
    """Of pairs (said, was).

    >>> misses([(0, 10), (14, 10)])
    Misses(n=2, mean=7.0, bias=3.0)
    """
    pairs = list(days)
    if not pairs:
        return None
    wrong = [was - said for said, was in pairs]
    return Misses(len(wrong), sum(map(abs, wrong)) / len(wrong), sum(wrong) / len(wrong))
