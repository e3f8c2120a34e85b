"""Estimates and their correlation, held against scipy."""

from math import asin, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ipd.calculations.factors import Factors, Streams
from ipd.calculations.sensitivity import spearman
from ipd.calculations.spread import Estimate, durations, quantile

U = np.linspace(0.001, 0.999, 997)


# Distributions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("points", [(10, 14, 26), (15, 20, 25), (3, 3, 5), (25, 35, 35)])
def test_quantiles_are_those_of_scipy(points):
    low, likely, high = points
    place, width = (likely - low) / (high - low), high - low
    triangle = stats.triang(place, low, width)
    beta = stats.beta(1 + 4 * place, 1 + 4 * (1 - place), low, width)
    assert quantile(Estimate(*points, "triangular"), U) == pytest.approx(triangle.ppf(U), abs=1e-9)
    assert quantile(Estimate(*points), U) == pytest.approx(beta.ppf(U), abs=width * 1e-3)


def test_mean_and_spread_of_the_known_estimate():
    """(10, 14, 26): PERT 15.33 and 2.85 (not 2.67), triangle 16.67 and 3.40."""
    z = Streams(1).of("test").standard_normal(200_000)
    pert, triangle = Estimate(10, 14, 26), Estimate(10, 14, 26, "triangular")
    assert (pert.mean, triangle.mean) == (pytest.approx(15.333, abs=1e-3), pytest.approx(50 / 3))
    assert durations(pert, z).mean() == pytest.approx(15.33, abs=0.02)
    assert durations(pert, z).std() == pytest.approx(2.85, abs=0.02)
    assert durations(triangle, z).mean() == pytest.approx(16.67, abs=0.02)
    assert durations(triangle, z).std() == pytest.approx(3.40, abs=0.02)


@pytest.mark.parametrize("shape", ["pert", "triangular"])
@pytest.mark.parametrize("points", [(10, 14, 26), (15, 20, 25), (8, 8, 12), (1, 30, 31)])
def test_tails_are_extended_so_that_the_limits_are_p10_and_p90(shape, points):
    low, _likely, high = points
    wide = Estimate(*points, shape).with_tails()
    found = quantile(wide, np.array([0.1, 0.9]))
    assert found == pytest.approx([low, high], abs=(high - low) * 0.01)
    assert wide.likely == points[1]


@given(st.tuples(*[st.floats(0, 1000)] * 3).map(sorted), st.sampled_from(["pert", "triangular"]))
def test_durations_stay_within_their_limits_and_rise_with_luck(points, shape):
    z = np.linspace(-8, 8, 101)
    found = durations(Estimate(*points, shape), z)
    assert found.min() >= points[0] - 1e-6
    assert found.max() <= points[2] + 1e-6
    assert (np.diff(found) >= -1e-6).all()


# Correlation -------------------------------------------------------------------------------------


def test_correlation_is_what_was_asked_for():
    factors = Factors(Streams(3), rho=0.3, rho_group=0.6)
    factors.draw(100_000)
    rows = [factors.z("A", "g"), factors.z("B", "g"), factors.z("C"), factors.z("D")]
    found = np.corrcoef(rows)
    assert found[0, 1] == pytest.approx(0.6, abs=0.01)
    assert found[0, 2] == found[2, 0] == pytest.approx(0.3, abs=0.012)
    assert found[2, 3] == pytest.approx(0.3, abs=0.012)
    assert np.std(rows, axis=1) == pytest.approx(np.ones(4), abs=0.01)


def test_the_rank_correlation_of_durations_follows_from_it():
    """Spearman = 6/π · asin(ρ/2): 0.3 becomes 0.288."""
    factors = Factors(Streams(4), rho=0.3, rho_group=0.3)
    factors.draw(100_000)
    one, other = (durations(Estimate(10, 14, 26), factors.z(name)) for name in "AB")
    found = stats.spearmanr(one, other).statistic
    assert found == pytest.approx(6 / pi * asin(0.15), abs=0.01)


def test_rank_correlation_is_that_of_scipy():
    rng = np.random.default_rng(5)
    total = rng.integers(0, 500, 2000)
    rows = [rng.integers(0, 300, 2000), total // 7, -total, rng.integers(0, 10**9, 2000)]
    expected = [stats.spearmanr(row, total).statistic for row in rows]
    assert spearman(rows, total) == pytest.approx(expected, abs=1e-6)


def test_an_activity_keeps_its_luck_whatever_else_is_there():
    alone, among = (Factors(Streams(9), rho=0.3, rho_group=0.6) for _each in range(2))
    alone.draw(50)
    among.draw(50)
    among.z("B")
    assert (alone.z("A", "g") == among.z("A", "g")).all()
