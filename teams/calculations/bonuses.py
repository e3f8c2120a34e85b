"""From a team's score to its pool and to its members' shares. Formulas: domain reference §4.4.

Amounts are Decimals in whole cents; shares of a pool are split exactly, to the last cent.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
ONE, NOTHING = Decimal(1), Decimal(0)
PAYS_FROM, FULL, MOST = Decimal(60), Decimal(100), Decimal(120)
LEAST_PAID, MOST_PAID = Decimal("0.5"), Decimal("1.2")
HEAVIEST = 30  # percent that one KPI may weigh
LOWEST, HIGHEST = Decimal("0.80"), Decimal("1.20")  # what a contribution may be proposed as


def cents(amount: Decimal) -> Decimal:
    """To the cent, half a cent up.

    >>> cents(Decimal("105405.405"))
    Decimal('105405.41')
    """
    return amount.quantize(CENT, ROUND_HALF_UP)


def released(fund: Decimal, profit: Decimal | None, threshold: Decimal | None) -> Decimal:
    """What the company can afford of its fund: all of it from the threshold on, else its part.

    >>> released(Decimal(600000), Decimal(9), Decimal(12))
    Decimal('450000.00')
    >>> released(Decimal(600000), Decimal(-1), Decimal(12)), released(Decimal(600000), None, None)
    (Decimal('0.00'), Decimal('600000.00'))
    """
    if profit is None or threshold is None or profit >= threshold:
        return cents(fund)
    return cents(fund * max(profit, NOTHING) / threshold) if threshold > 0 else cents(NOTHING)


def multiplier(score: Decimal | None) -> Decimal:
    """What a team's score is worth: 0 below 60, then 0.5…1.0 at 60…100 and up to 1.2 at 120.

    Without a score (insufficient data) nothing is paid.

    >>> [str(multiplier(Decimal(score))) for score in ("59.99", 60, "69.8", 100, 120, 150)]
    ['0', '0.5', '0.6225', '1.0', '1.2', '1.2']
    >>> multiplier(None)
    Decimal('0')
    """
    if score is None or score < PAYS_FROM:
        return NOTHING
    if score <= FULL:
        return LEAST_PAID + (ONE - LEAST_PAID) * (score - PAYS_FROM) / (FULL - PAYS_FROM)
    above = min(score, MOST) - FULL
    return ONE + (MOST_PAID - ONE) * above / (MOST - FULL)


def factor(each: Iterable[Decimal]) -> Decimal:
    """Gate factors of different kinds are multiplied, not added.

    >>> factor([Decimal("0.9"), Decimal("0.7")]), factor([])
    (Decimal('0.63'), Decimal('1'))
    """
    product = ONE
    for one in each:
        product *= one
    return product


@dataclass(frozen=True)
class Claim:
    """A team's claim on the fund.

    headcount  FTE-years on the team times the weights of their grades
    """

    headcount: Decimal
    multiplier: Decimal
    factor: Decimal = ONE


@dataclass(frozen=True)
class Pool:
    base: Decimal
    entitlement: Decimal


@dataclass(frozen=True)
class Pools:
    """`coefficient` is below one where the claims were more than the fund."""

    of: dict[Hashable, Pool]
    coefficient: Decimal
    reserve: Decimal


def pools(fund: Decimal, claims: Mapping[Hashable, Claim]) -> Pools:
    """Each team's base by headcount, times its multiplier and factor; what is left is the reserve.

    >>> found = pools(Decimal(300), {"A": Claim(Decimal(2), ONE), "B": Claim(Decimal(1), NOTHING)})
    >>> found.of["A"].entitlement, found.reserve
    (Decimal('200.00'), Decimal('100.00'))
    """
    heads = sum((claim.headcount for claim in claims.values()), NOTHING)
    if not heads:
        return Pools({team: Pool(NOTHING, NOTHING) for team in claims}, ONE, cents(fund))
    bases = {
        team: Fraction(fund) * Fraction(c.headcount) / Fraction(heads) for team, c in claims.items()
    }
    exact = {
        team: bases[team] * Fraction(claim.multiplier) * Fraction(claim.factor)
        for team, claim in claims.items()
    }
    paid = {team: _cents(amount) for team, amount in exact.items()}
    total = sum(exact.values(), Fraction(0))
    if sum(paid.values(), NOTHING) > fund:
        paid = dict(zip(exact, apportion(fund, list(exact.values())), strict=True))
    return Pools(
        of={team: Pool(_cents(bases[team]), paid[team]) for team in claims},
        coefficient=_decimal(Fraction(fund) / total) if total > fund else ONE,
        reserve=cents(fund) - sum(paid.values(), NOTHING),
    )


def _decimal(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _cents(fraction: Fraction) -> Decimal:
    return cents(_decimal(fraction))


@dataclass(frozen=True)
class Part:
    """A member's part in a team: share of the full year, weight of the grade, contribution."""

    participation: Decimal
    grade: Decimal
    contribution: Decimal = ONE

    @property
    def weight(self) -> Fraction:
        return Fraction(self.participation) * Fraction(self.grade) * Fraction(self.contribution)


def headcount(parts: Iterable[Part]) -> Decimal:
    """FTE-years times grade weights; contributions do not make a team bigger.

    >>> headcount([Part(Decimal("0.5"), Decimal("1.2"), Decimal("0.9"))])
    Decimal('0.60')
    """
    return sum((part.participation * part.grade for part in parts), NOTHING)


def mean_contribution(parts: Sequence[Part]) -> Decimal:
    """The mean that participation weighs; contributions divided by it have the mean 1.

    >>> mean_contribution([Part(ONE, ONE, Decimal("1.1")), Part(ONE, ONE, Decimal("0.9"))])
    Decimal('1')
    """
    whole = sum((Fraction(part.participation) for part in parts), Fraction(0))
    if not whole:
        return ONE
    said = sum(
        (Fraction(part.participation) * Fraction(part.contribution) for part in parts), Fraction(0)
    )
    return _decimal(said / whole)


def shares(pool: Decimal, parts: Sequence[Part]) -> list[Decimal]:
    """The pool in proportion to participation · grade · contribution, to the cent, all of it.

    Dividing all contributions by their mean changes no share: only what they are to each
    other counts.

    >>> shares(Decimal("100.00"), [Part(ONE, ONE)] * 3)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    return apportion(pool, [part.weight for part in parts])


def apportion(amount: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """Split by the largest remainder: whole cents first, the rest to who lost most by that.

    Of equal remainders the earlier one comes first. Weights that are all zero split nothing.
    """
    whole = sum(weights, Fraction(0))
    if not whole:
        return [cents(NOTHING) for _weight in weights]
    total = int(cents(amount) / CENT)
    exact = [Fraction(total) * weight / whole for weight in weights]
    found = [int(part) for part in exact]
    by_loss = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in by_loss[: total - sum(found)]:
        found[place] += 1
    return [Decimal(part) * CENT for part in found]
