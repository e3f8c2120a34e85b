"""The arithmetic of business cases: known cases, a second opinion, and laws that always hold."""

from decimal import Decimal

import numpy_financial
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ipd.calculations import finance

P04 = "-1.6 -5.1 -2.4 3.9 6.2 5.4 3.1"
P04_DOWNSIDE = "-1.6 -5.6 -3.6 2.925 4.65 4.05 2.325"
HURDLE = Decimal("0.12")

amounts = st.integers(-10_000, 10_000).map(Decimal)
spending = st.lists(st.integers(1, 10_000).map(lambda n: Decimal(-n)), min_size=1, max_size=5)
earning = st.lists(st.integers(1, 10_000).map(Decimal), min_size=1, max_size=10)
conventional = st.tuples(spending, earning).map(lambda both: both[0] + both[1])
rates = st.integers(0, 100).map(lambda n: Decimal(n) / 100)


def flows(text):
    return [Decimal(part) for part in text.split()]


@pytest.mark.parametrize(
    ("text", "worth", "rate"), [(P04, "3.28", "24.5"), (P04_DOWNSIDE, "-0.96", "8.3")]
)
def test_worth_and_rate_of_p04(text, worth, rate):
    found = finance.internal_rate_of_return(flows(text))

    assert round(finance.net_present_value(flows(text), rate=HURDLE), 2) == Decimal(worth)
    assert (found.kind, round(100 * found.rate, 1)) == ("one", Decimal(rate))


def test_the_other_figures_of_p04():
    spent, earned = flows("1.6 5.1 2.4 0 0 0 0"), flows("0 0 0 3.9 6.2 5.4 3.1")
    later, dearer = finance.half_a_year_late(earned, spent, extra=Decimal(1))
    late = [one - other for one, other in zip(later, dearer, strict=True)]

    assert round(finance.payback(flows(P04)), 2) == Decimal("3.84")
    assert round(finance.discounted_payback(flows(P04), rate=HURDLE), 2) == Decimal("4.44")
    assert round(finance.return_on_investment(earned, spent), 2) == Decimal("1.04")
    assert round(finance.profitability_index(earned, spent, rate=HURDLE), 2) == Decimal("1.41")
    assert later[3:] == flows("1.95 5.05 5.8 4.25")
    assert round(finance.net_present_value(late, rate=HURDLE), 2) == Decimal("1.18")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("-100 230 -132", "multiple", ["0.1", "0.2"]),
        ("-100 220 -121", "multiple", ["0.1"]),
        ("-1 -2 0.5", "one", ["-0.775255129"]),
        ("100 200", "none", []),
        ("-100 -200", "none", []),
        ("0 0 0", "none", []),
        ("10 -30 30", "none", []),
        ("-0.000001 900000000 0", "none", []),  # a rate beyond all sense is no rate
        ("0 -100 0 121", "one", ["0.1"]),
        ("100 -110", "one", ["0.1"]),
        ("-1 6 -11 6", "multiple", ["0", "1", "2"]),
    ],
)
def test_rates_of_return(text, kind, found):
    answer = finance.internal_rate_of_return(flows(text))

    assert (answer.kind, [round(rate, 6) for rate in answer.rates]) == (
        kind,
        [round(Decimal(rate), 6) for rate in found],
    )
    assert (answer.rate is None) == (kind != "one")


@pytest.mark.parametrize(
    ("text", "years"),
    [("-4 2 2", "2"), ("-4 8", "0.5"), ("-4 1 1", None), ("0 -1 2", "0"), ("5 1", "0")],
)
def test_payback(text, years):
    assert finance.payback(flows(text)) == (years and Decimal(years))


def test_nothing_spent_earns_no_ratio():
    nothing = [Decimal(0)] * 3

    assert finance.return_on_investment(flows("1 2 3"), nothing) is None
    assert finance.profitability_index(flows("1 2 3"), nothing, rate=HURDLE) is None


@given(st.lists(amounts, min_size=1, max_size=15), rates)
def test_worth_agrees_with_numpy_financial(some, rate):
    ours = finance.net_present_value(some, rate=rate)

    theirs = numpy_financial.npv(float(rate), [float(flow) for flow in some])
    assert float(ours) == pytest.approx(theirs, rel=1e-9, abs=1e-6)


@given(conventional)
def test_the_rate_agrees_with_numpy_financial(some):
    theirs = numpy_financial.irr([float(flow) for flow in some])
    assume(-0.9 < theirs < 1e4)

    assert float(finance.internal_rate_of_return(some).rate) == pytest.approx(theirs, abs=1e-6)


@given(spending.map(lambda some: some[:1]), earning, rates, rates)
def test_what_is_spent_at_once_and_earned_later_is_worth_less_at_a_higher_rate(
    spent, earned, one, other
):
    low, high = sorted([one, other])
    worth_low = finance.net_present_value(spent + earned, rate=low)
    worth_high = finance.net_present_value(spent + earned, rate=high)

    assert worth_high < worth_low if low < high else worth_high == worth_low


@given(conventional, rates)
def test_below_its_rate_of_return_a_case_is_worth_something_and_above_it_nothing(some, rate):
    root = finance.internal_rate_of_return(some).rate
    assume(root is not None and abs(root - rate) > Decimal("1e-6"))

    assert (finance.net_present_value(some, rate=rate) > 0) == (rate < root)


@given(st.lists(amounts, min_size=2, max_size=12))
def test_every_rate_found_makes_the_case_worth_nothing(some):
    answer = finance.internal_rate_of_return(some)

    for rate in answer.rates:
        spread = finance.net_present_value([abs(flow) for flow in some], rate=rate)
        assert abs(finance.net_present_value(some, rate=rate)) <= spread * Decimal("1e-5")
    if finance.sign_changes(some) > 1:
        assert answer.rate is None


@given(conventional, rates)
def test_discounting_never_pays_back_sooner(some, rate):
    plain, discounted = finance.payback(some), finance.discounted_payback(some, rate=rate)

    assert discounted is None or discounted >= plain - Decimal("1e-20")
