"""Signs of a series: against scipy where a line is drawn, and as properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from teams.calculations.alerts import (
    LEAST_POINTS,
    T_OF_80,
    Band,
    Sign,
    forecast,
    signs,
    worsened,
)

NUMBERS = st.floats(-1000, 1000, allow_nan=False)
SERIES = st.lists(NUMBERS, min_size=LEAST_POINTS, max_size=12)


def test_the_band_s_quantiles_are_student_s():
    assert pytest.approx([stats.t.ppf(0.9, df) for df in range(1, 11)], abs=5e-4) == T_OF_80


@given(SERIES)
def test_the_line_is_the_one_of_least_squares(figures):
    fitted = stats.linregress(range(len(figures)), figures)
    [one] = forecast(figures, 1)
    expected = fitted.intercept + fitted.slope * len(figures)
    assert one.middle == pytest.approx(expected, abs=1e-6, rel=1e-6)
    assert one.low <= one.middle <= one.high


def test_the_band_is_the_prediction_interval_of_the_textbook():
    figures = [11, 14, 12, 18, 17, 22, 21, 26]
    x = np.arange(len(figures))
    fitted = stats.linregress(x, figures)
    left = np.array(figures) - fitted.intercept - fitted.slope * x
    noise = np.sqrt((left**2).sum() / (len(figures) - 2))
    spread = ((x - x.mean()) ** 2).sum()
    reach = stats.t.ppf(0.9, 6) * noise * np.sqrt(1 + 1 / 8 + (9 - x.mean()) ** 2 / spread)
    assert forecast(figures, 2)[1].high - forecast(figures, 2)[1].middle == pytest.approx(
        reach, rel=1e-3
    )


def test_a_hole_is_no_point_and_too_few_points_are_no_line():
    assert forecast([1, 2, None, 4, 5, 6]) == []
    assert forecast([1, 2, None, 4, 5, 6, 7], 1)[0].middle == pytest.approx(8)


def test_early_returns_of_the_demonstration_worsen_four_times():
    assert signs([1.1, 1.3, 1.6, 2.0, 2.3], Band(3, rises=False), rises=False) == [Sign.WORSENING]


def test_two_worse_months_are_no_trend():
    assert signs([88, 87, 86], Band(70, rises=True), rises=True) == []


def test_near_a_centre_worse_is_farther_from_it():
    band = Band(10, rises=False, centre=0)
    assert worsened([1, -2, 3, -4], band, rises=False) == 3
    assert signs([0, -11], band, rises=False) == [Sign.OUTSIDE]


def test_nothing_is_said_of_a_month_without_a_figure():
    assert signs([11, 14, 30, None], Band(20, rises=False), rises=False) == []
    assert signs([], None, rises=True) == []


@given(SERIES, NUMBERS)
def test_a_mirrored_series_gives_the_mirrored_signs(figures, floor):
    up = signs(figures, Band(floor, rises=True), rises=True)
    down = signs([-f for f in figures], Band(-floor, rises=False), rises=False)
    assert up == down
