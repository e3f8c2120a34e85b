"""From score to pool to person: the worked example of the domain reference to the cent, and what
holds for every input."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from teams.calculations import bonuses
from teams.calculations.bonuses import Claim, Part
from teams.calculations.intervals import wilson
from teams.calculations.scoring import Scale, Scored, score, team_score
from tests.teams.bonus_example import FIGURES, INSIDE_P10, KPIS, TEAMS, WEIGHTS


def decimals(text: str) -> list[Decimal]:
    return [Decimal(part) for part in text.split()]


# The worked example of §4.4 [CALC] ------------------------------------------------------------

SCORES = {
    "P10": "120.00 120.00 108.57 120.00 104.00 110.00",
    "P05": "53.33 120.00 80.00 32.00 70.00 83.33",
    "P01": "0.00 0.00 26.67 0.00 10.00 0.00",
}
TOTALS = {"P10": "114.11", "P05": "69.80", "P01": "6.33"}
MULTIPLIERS = {"P10": "1.141143", "P05": "0.622500", "P01": "0.000000"}
BASES = {"P10": "105405.41", "P05": "210810.81", "P01": "283783.78"}
ENTITLEMENTS = {"P10": "120282.63", "P05": "118106.76", "P01": "0.00"}
SHARES = "31596.41 23170.70 18807.38 16926.65 9027.54 10344.06 4513.77 5896.12"


def scored(team: str) -> list[Scored]:
    scales = [Scale(*row) for row in KPIS.values()]
    return [
        Scored(weight, score(figure, scale))
        for weight, figure, scale in zip(WEIGHTS, FIGURES[team], scales, strict=True)
    ]


@pytest.mark.parametrize("team", list(SCORES))
def test_the_scores_of_the_example(team):
    rows = scored(team)

    assert [round(row.score, 2) for row in rows] == decimals(SCORES[team])
    assert round(team_score(rows).figure, 2) == Decimal(TOTALS[team])
    worth = bonuses.multiplier(team_score(rows).figure)
    assert round(worth, 6) == Decimal(MULTIPLIERS[team])


def test_the_pools_of_the_example():
    claims = {
        team: Claim(heads, bonuses.multiplier(team_score(scored(team)).figure), gate)
        for team, (heads, gate) in TEAMS.items()
    }
    found = bonuses.pools(Decimal(600_000), claims)

    assert {team: str(pool.base) for team, pool in found.of.items()} == BASES
    assert {team: str(pool.entitlement) for team, pool in found.of.items()} == ENTITLEMENTS
    assert found.coefficient == 1
    assert sum(pool.entitlement for pool in found.of.values()) == Decimal("238389.39")
    assert found.reserve == Decimal("361610.61")


def test_the_shares_of_the_example():
    parts = [Part(*row) for row in INSIDE_P10.values()]
    found = bonuses.shares(Decimal("120282.63"), parts)

    assert found == decimals(SHARES)
    assert sum(found) == Decimal("120282.63")


# What holds for every input -------------------------------------------------------------------

amounts = st.decimals(0, 10**8, places=2)
weights = st.decimals("0.01", 50, places=4)
contributions = st.decimals("0.80", "1.20", places=2)
parts = st.builds(
    Part, st.decimals("0.01", 1, places=4), st.decimals("0.5", 3, places=2), contributions
)
claims = st.builds(
    Claim,
    weights,
    st.decimals(0, "1.2", places=6),
    st.sampled_from(decimals("1 0.9 0.7 0.63 0.5 0")),
)


@given(amounts, st.lists(parts, min_size=1, max_size=40))
def test_shares_always_sum_to_the_pool(pool, members):
    found = bonuses.shares(pool, members)

    assert sum(found) == pool
    assert all(share >= 0 for share in found)


@given(amounts, st.lists(parts, min_size=1, max_size=20))
def test_no_share_is_a_cent_away_from_its_exact_part(pool, members):
    whole = sum(part.weight for part in members)

    for share, part in zip(bonuses.shares(pool, members), members, strict=True):
        assert abs(Fraction(share) - Fraction(pool) * part.weight / whole) < Fraction(1, 100)


@given(amounts, st.lists(parts, min_size=1, max_size=20), st.decimals("0.1", 9, places=3))
def test_scaling_all_contributions_changes_no_share(pool, members, by):
    scaled = [Part(m.participation, m.grade, m.contribution * by) for m in members]

    assert bonuses.shares(pool, scaled) == bonuses.shares(pool, members)


@given(st.lists(parts, min_size=1, max_size=20))
def test_contributions_over_their_mean_have_the_mean_one(members):
    mean = bonuses.mean_contribution(members)
    level = [Part(m.participation, m.grade, m.contribution / mean) for m in members]

    assert abs(bonuses.mean_contribution(level) - 1) < Decimal("1e-20")


@given(amounts, st.lists(parts, min_size=2, max_size=10), st.data())
def test_who_contributes_more_never_gets_less(pool, members, data):
    place = data.draw(st.integers(0, len(members) - 1))
    one = members[place]
    more = data.draw(st.decimals(one.contribution, "1.20", places=2))
    raised = [*members]
    raised[place] = Part(one.participation, one.grade, more)

    assert bonuses.shares(pool, raised)[place] >= bonuses.shares(pool, members)[place]


@given(amounts, st.lists(claims, min_size=1, max_size=30))
def test_pools_and_reserve_are_the_fund(fund, all_claims):
    found = bonuses.pools(fund, dict(enumerate(all_claims)))

    assert sum(pool.entitlement for pool in found.of.values()) + found.reserve == fund
    assert found.reserve >= 0
    assert 0 < found.coefficient <= 1


@given(st.decimals(0, 130, places=2), st.decimals(0, 130, places=2))
def test_a_better_score_never_pays_less(one, other):
    low, high = sorted([one, other])

    assert bonuses.multiplier(low) <= bonuses.multiplier(high) <= Decimal("1.2")


@given(st.lists(claims, min_size=2, max_size=10), st.data())
def test_a_better_multiplier_never_makes_the_own_pool_smaller(all_claims, data):
    place = data.draw(st.integers(0, len(all_claims) - 1))
    one = all_claims[place]
    better = data.draw(st.decimals(one.multiplier, "1.2", places=6))
    raised = {**dict(enumerate(all_claims)), place: Claim(one.headcount, better, one.factor)}
    fund = Decimal(100_000)

    before = bonuses.pools(fund, dict(enumerate(all_claims))).of[place].entitlement
    assert bonuses.pools(fund, raised).of[place].entitlement >= before


def test_claims_above_the_fund_are_exchanged_for_it():
    found = bonuses.pools(
        Decimal(1000), {team: Claim(Decimal(1), Decimal("1.2")) for team in "ABC"}
    )

    assert sorted(pool.entitlement for pool in found.of.values()) == decimals(
        "333.33 333.33 333.34"
    )
    assert round(found.coefficient, 6) == Decimal("0.833333")
    assert found.reserve == 0


def test_a_fund_without_heads_is_reserve():
    found = bonuses.pools(Decimal(10), {"A": Claim(Decimal(0), Decimal(1))})

    assert (found.of["A"].entitlement, found.reserve) == (0, 10)
    assert bonuses.shares(Decimal(10), [Part(Decimal(0), Decimal(1))]) == [0]


@given(st.integers(1, 200), st.data())
def test_the_interval_of_a_share_is_wilson_s(n, data):
    hits = data.draw(st.integers(0, n))
    expected = binomtest(hits, n).proportion_ci(method="wilson")

    assert wilson(hits, n) == pytest.approx((expected.low, expected.high), abs=1e-9)
