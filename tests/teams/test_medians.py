"""The median of values that are not all known, and some more: the same as of all of them."""

from decimal import Decimal
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from teams.calculations.medians import WINDOW, first_kept, joined

values = st.decimals(-1000, 1000, places=2)


@given(
    known=st.lists(values, max_size=400),
    more=st.lists(values, min_size=1, max_size=WINDOW),
)
def test_what_joins_moves_the_median_as_it_should(known, more):
    count = len(known)
    before = first_kept(count)
    middle = sorted(known)[before : count // 2 + 1 + WINDOW]

    assert joined(middle, count, more) == median([*known, *more])


def test_too_many_cannot_be_told():
    assert joined([Decimal(1)] * (2 * WINDOW + 1), 1000, [Decimal(2)] * (WINDOW + 1)) is None
    assert joined([Decimal(1)] * 3, 3, [Decimal(2)] * (WINDOW + 1)) == 2
