"""Where a Gantt chart puts things: places on the axis, and lines that keep clear of bars."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipd.calculations.gantt import ROW, Scale, column, drawn, elbow, scale, ticks

AXIS = Scale(date(2026, 11, 23), date(2026, 12, 31), "weeks")
places = st.integers(0, 60).map(lambda number: number * 10.0)
spans = st.tuples(places, places).map(lambda pair: (min(pair), max(pair) + 4))


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_a_working_day_fills_the_width_of_its_day():
    assert AXIS.x(at(23, 8)) == 0
    assert AXIS.x(at(23, 17)) == AXIS.per_day
    assert AXIS.x(at(24, 6)) == AXIS.per_day


def test_paper_shrinks_a_day_to_what_fits():
    assert Scale(AXIS.first, AXIS.last, "weeks", within=390).width == pytest.approx(390, abs=0.1)


@pytest.mark.parametrize("name", ["weeks", "months", "quarters"])
def test_ticks_cover_the_axis_without_a_gap(name):
    axis = scale(date(2026, 11, 25), date(2027, 5, 3), name)
    for upper in (True, False):
        found = ticks(axis, upper=upper)
        assert found[0].x == 0
        assert found[-1].x + found[-1].width == pytest.approx(axis.width, abs=0.2)
        for one, then in pairwise(found):
            assert one.x + one.width == pytest.approx(then.x, abs=0.2)


@given(kind=st.sampled_from(["fs", "ss", "ff", "sf"]), x1=places, x2=places, rows=st.integers(1, 6))
def test_a_line_is_upright_or_level_and_joins_both_ends(kind, x1, x2, rows):
    start, end = (x1, 13.0), (x2, 13.0 + rows * ROW)
    corners = elbow(kind, start, end, [])
    assert (corners[0], corners[-1]) == (start, end)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))
    assert (corners[1][0] > x1) == (kind in ("fs", "ff"))


@given(low=places, width=places, bars=st.lists(spans, max_size=5))
def test_a_line_goes_where_no_bar_is_if_there_is_such_a_place(low, width, bars):
    high = low + width
    preferred = high
    found = column(preferred, low, high, bars)
    free = [
        place / 2
        for place in range(int(low * 2), int(high * 2) + 1)
        if all(not start - 4 < place / 2 < end + 4 for start, end in bars)
    ]
    if free:
        assert all(not start - 2 < found < end + 2 for start, end in bars)
        assert low <= found <= high


def test_a_line_between_touching_bars_turns_between_the_rows():
    corners = elbow("fs", (100, 13), (100, 13 + ROW), [])
    assert drawn(corners) == f"M100 13H106V{ROW + 1}H94V{ROW + 13}H100"
