"""Tiles without a database: no number from too few, better and worse by direction, words."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipd.kernel.measures import Unit
from teams.calculations.months import row_of
from teams.calculations.scoring import Scale
from teams.models import Kpi
from teams.queries.points import Point, band, is_better
from teams.queries.tiles import Since, counted, signed, target_shown, tile

OCTOBER = date(2026, 10, 1)
RISING = Scale(Decimal(70), Decimal(85), Decimal(92))
FALLING = Scale(Decimal(20), Decimal(5), Decimal(0))
NEAR = Scale(Decimal(20), Decimal(5), Decimal(0), centre=Decimal(0))


def card(**fields):
    defaults = {"code": "K", "name": "K", "unit": Unit.PERCENT, "direction": "up", "places": 1}
    return Kpi(**(defaults | {"least_n": 5} | fields))


def point(figure, n=100, month=OCTOBER, **fields):
    figure = Decimal(figure)
    defaults = {"numerator": figure, "denominator": Decimal(100), "status": "measured"}
    return Point(month=month, figure=figure, n=n, **(defaults | fields))


def drawn(kpi, now, series=None, scale=RISING, **options):
    options = {"url": "/k/", "granted": True} | options
    return tile(kpi, now, series or [now], scale, **options)


@given(hits=st.integers(0, 4), n=st.integers(1, 4))
def test_of_too_few_observations_there_is_no_number_no_tone_and_no_score(hits, n):
    hits = min(hits, n)
    now = point(
        100 * Decimal(hits) / n, n, numerator=Decimal(hits), denominator=Decimal(n), is_few=True
    )
    found = drawn(card(), now, score=Decimal(100), since=Since(date(2026, 6, 1), "TR4"))
    assert found.figure == f"{hits} of {n}"
    assert "%" not in found.figure + found.spark
    assert (found.tone, found.score, found.signs, found.change) == ("none", None, [], "")


@given(st.decimals(-1000, 1000, places=1))
def test_money_is_nothing_at_all_without_the_grant(figure):
    kpi = card(unit=Unit.MONEY)
    series = [point(figure, month=month) for month in row_of(OCTOBER, 8)]
    found = drawn(kpi, series[-1], series, granted=False, since=Since(series[0].month, "then"))
    said = (found.figure, found.spark, found.change, found.target, found.n, found.beside)
    assert said == ("restricted", "", "", "", 0, [])
    assert found.series == []
    assert found.hidden


@pytest.mark.parametrize(
    ("direction", "scale", "before", "now", "expected"),
    [
        ("up", RISING, 80, 85, True),
        ("up", RISING, 85, 80, False),
        ("down", FALLING, 12, 10, True),
        ("near", NEAR, -8, 3, True),
        ("near", NEAR, 2, -4, False),
        ("near", NEAR, 3, -3, None),
        ("near", RISING, 3, 4, None),
        ("up", RISING, 85, 85, None),
    ],
)
def test_better_and_worse_follow_the_direction(direction, scale, before, now, expected):
    kpi = card(direction=direction)
    assert is_better(kpi, Decimal(before), Decimal(now), scale) is expected


def test_a_change_is_told_since_when_and_in_points():
    series = [point(80, month=date(2026, 6, 1)), point(88)]
    found = drawn(card(), series[-1], series, since=Since(date(2026, 6, 1), "TR4"))
    assert (found.change, found.change_word, found.since) == ("+8.0 points", "better", "TR4")


def test_a_change_too_small_to_be_shown_is_none():
    series = [point("88.01", month=date(2026, 6, 1)), point("88.04")]
    assert drawn(card(), series[-1], series, since=Since(date(2026, 6, 1), "TR4")).change == (
        "unchanged"
    )


@pytest.mark.parametrize(
    ("scale", "said"),
    [(RISING, "≥ 85.0 %"), (FALLING, "≤ 5.0 %"), (NEAR, "0.0 % ± 5.0 %"), (None, "")],
)
def test_targets_are_said_with_their_direction(scale, said):
    assert target_shown(card(), scale) == said


def test_differences_carry_their_sign():
    assert signed(card(unit=Unit.RATIO, unit_label="/KLOC", places=2), Decimal("-0.03")) == (
        "−0.03 /KLOC"
    )


def test_a_share_of_what_was_not_counted_one_by_one_stays_a_figure():
    assert counted(card(), point("82.5", n=4), granted=True) == "82.5 %"


def test_a_band_is_the_floor_and_knows_its_centre():
    assert band(card(), RISING).is_outside(70)
    assert band(card(direction="near"), NEAR).is_outside(-21)
    assert not band(card(direction="near"), NEAR).is_outside(-19)
    assert band(card(), None) is None


def test_not_due_and_missing_are_told_apart():
    assert drawn(card(), None, is_due=True).is_missing
    found = drawn(card(), None, is_due=False)
    assert (found.is_missing, found.figure) == (False, "–")
    found = drawn(card(), Point(OCTOBER, None, status="not_due"))
    assert not found.is_missing
