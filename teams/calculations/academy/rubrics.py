"""What independent ratings by a rubric add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TALK_ABOVE = 1  # levels between two assessors, beyond which they talk about it


@dataclass(frozen=True)
class Verdict:
    """least    the least level that any assessor gave in any criterion; None without a rubric
    passed   every criterion is at the pass level or above, by each assessor
    apart    criteria in which assessors are more than one level apart, the widest first
    """

    passed: bool
    least: int | None
    apart: tuple


def verdict(ratings: Iterable[Mapping], pass_level: int) -> Verdict:
    """Of each assessor's level by criterion; all have rated the same criteria.

    >>> verdict([{"A": 3, "B": 4}, {"A": 3, "B": 3}], 3)
    Verdict(passed=True, least=3, apart=())
    >>> verdict([{"A": 5, "B": 4}, {"A": 2, "B": 4}], 3)
    Verdict(passed=False, least=2, apart=('A',))
    """
    ratings = list(ratings)
    least = min(level for one in ratings for level in one.values())
    return Verdict(least >= pass_level, least, apart(ratings))


def apart(ratings: Iterable[Mapping]) -> tuple:
    """The criteria that assessors should talk about, the widest spread first.

    >>> apart([{"A": 1, "B": 4}, {"A": 3, "B": 1}])
    ('B', 'A')
    """
    ratings = list(ratings)
    codes = dict.fromkeys(code for one in ratings for code in one)
    spreads = {
        code: max(one[code] for one in ratings) - min(one[code] for one in ratings)
        for code in codes
    }
    wide = [code for code, spread in spreads.items() if spread > TALK_ABOVE]
    return tuple(sorted(wide, key=lambda code: -spreads[code]))
