"""What a cell says is read as it was meant, or named; what stands there is written to be read."""

from contextlib import suppress
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.forms.reading_cells import Unreadable, Written, read, written
from teams.models import Kpi

PERCENT, RATIO = Kpi(unit="%"), Kpi(unit="ratio")
AMOUNTS = Kpi(unit="%", has_amounts=True)


@pytest.mark.parametrize(
    ("text", "kpi", "numerator", "denominator", "n"),
    [
        ("66/75", PERCENT, 66, 75, 75),
        ("66 / 75 n=80", PERCENT, 66, 75, 80),
        ("88", PERCENT, 88, 100, 1),
        ("88 %", PERCENT, 88, 100, 1),
        ("4650/5000", AMOUNTS, 4650, 5000, 1),
        ("0.45 n=12", RATIO, "0.45", 1, 12),
        ("0,45", RATIO, "0.45", 1, 1),
        ("156/120", RATIO, 156, 120, 1),
        ("−8", RATIO, -8, 1, 1),
        ("1 250/3'000", PERCENT, 1250, 3000, 3000),
        ("1.250", RATIO, "1.25", 1, 1),
    ],
)
def test_figures_are_read(text, kpi, numerator, denominator, n):
    assert read(text, kpi) == Written("measured", Decimal(numerator), Decimal(denominator), n)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("?", "missing"),
        ("Missing", "missing"),
        ("-", "not_due"),
        ("–", "not_due"),
        ("n/a", "not_due"),
    ],
)
def test_what_has_no_figure_is_read(text, status):
    assert read(text, PERCENT) == Written(status)


def test_an_estimate_is_read():
    assert read("~0.45", RATIO).status == "estimated"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("many", "“many” is no number."),
        ("1/0", "Nothing is divided by zero."),
        ("1/2/3", "Write a figure as 0.45"),
        ("1,250", "“1,250” may be 1250 or 1.250"),
        ("0.1234567", "more than six decimals"),
        ("99999999999999", "too large"),
        ("=1+1", "Write a figure"),
        ("1e5", "“1e5” is no number."),
    ],
)
def test_what_cannot_be_read_is_named(text, said):
    with pytest.raises(Unreadable) as raised:
        read(text, PERCENT)
    assert said in str(raised.value)


numbers = st.decimals(-(10**9), 10**9, places=3)


@given(
    kpi=st.sampled_from([PERCENT, RATIO, AMOUNTS]),
    numerator=numbers,
    denominator=numbers.filter(bool),
    n=st.integers(0, 10**9 - 1),
    status=st.sampled_from(["measured", "estimated", "missing", "not_due"]),
)
def test_what_is_written_is_read_as_the_same(kpi, numerator, denominator, n, status):
    has_figure = status in ("measured", "estimated")
    parts = (numerator, denominator, n) if has_figure else (None, None, 0)
    stood = SimpleNamespace(status=status, numerator=parts[0], denominator=parts[1], n=parts[2])

    assert read(written(stood, kpi), kpi) == Written(status, *parts)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    for kpi in (PERCENT, RATIO):
        with suppress(Unreadable):
            assert read(text, kpi).denominator != 0
