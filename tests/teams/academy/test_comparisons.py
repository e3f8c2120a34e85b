"""What is said of trained and untrained groups, against scipy and domain.md §7.3."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from teams.calculations.academy import comparisons, student
from teams.calculations.academy.comparisons import Share

TRAINED = [77 - 68, 80 - 74, 79 - 71, 78 - 66, 78 - 77]
OTHERS = [75 - 73, 76 - 70, 77 - 75, 74 - 72, 79 - 74, 76 - 74]
counts = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda x: Share(min(x), x[1]))


def test_promotions_of_the_worked_example():
    trained, others = Share(7, 22), Share(6, 30)
    assert [round(100 * end, 1) for end in trained.interval] == [16.4, 52.7]
    assert [round(100 * end, 1) for end in others.interval] == [9.5, 37.3]
    assert round(comparisons.fisher(trained, others), 3) == 0.353
    assert [round(100 * end, 1) for end in comparisons.newcombe(trained, others)] == [-11.4, 35.2]
    assert not comparisons.finds(comparisons.newcombe(trained, others))


def test_team_scores_of_the_worked_example():
    apart = np.mean(TRAINED) - np.mean(OTHERS)
    assert (round(np.mean(TRAINED), 1), round(np.mean(OTHERS), 2)) == (7.2, 3.17)
    assert round(apart, 2) == 4.03
    permuted = comparisons.permutation(TRAINED, OTHERS)
    assert (permuted.as_extreme, permuted.labellings) == (35, 462)
    assert [round(end, 1) for end in comparisons.welch(TRAINED, OTHERS)] == [-0.9, 9.0]


def test_permutation_agrees_with_scipy():
    theirs = stats.permutation_test(
        (TRAINED, OTHERS),
        lambda a, b: abs(np.mean(a) - np.mean(b)),
        n_resamples=np.inf,
        alternative="greater",
    )
    assert comparisons.permutation(TRAINED, OTHERS).p == pytest.approx(theirs.pvalue)


def test_welch_agrees_with_scipy():
    theirs = stats.ttest_ind(TRAINED, OTHERS, equal_var=False).confidence_interval(0.95)
    assert comparisons.welch(TRAINED, OTHERS) == pytest.approx((theirs.low, theirs.high))


@given(first=counts, second=counts)
@settings(max_examples=60, deadline=None)
def test_fisher_agrees_with_scipy(first, second):
    table = [[first.hits, first.n - first.hits], [second.hits, second.n - second.hits]]
    assert comparisons.fisher(first, second) == pytest.approx(stats.fisher_exact(table).pvalue)


@given(first=counts)
@settings(max_examples=40, deadline=None)
def test_wilson_agrees_with_scipy(first):
    theirs = stats.binomtest(first.hits, first.n).proportion_ci(method="wilson")
    assert first.interval == pytest.approx((theirs.low, theirs.high))


@given(freedom=st.floats(1, 200), share=st.floats(0.55, 0.995))
@settings(max_examples=60, deadline=None)
def test_the_t_distribution_agrees_with_scipy(freedom, share):
    assert student.quantile(share, freedom) == pytest.approx(stats.t.ppf(share, freedom), rel=1e-6)


def test_many_labellings_are_drawn_and_repeatable():
    first, second = list(range(20)), list(range(4, 24))
    one = comparisons.permutation(first, second)
    assert not one.is_exact
    comparisons._permuted.cache_clear()
    assert one == comparisons.permutation(first, second)
    assert one.p == pytest.approx(stats.ttest_ind(first, second).pvalue, abs=0.02)


def test_the_smallest_detectable_share_is_found_in_four_of_five_trials():
    """Trials of 300 people a group, where the normal approximation is good."""
    base, n = 0.2, 300
    rise = comparisons.detectable_share(base, n, n)
    draw = np.random.default_rng(7)
    a, b = draw.binomial(n, base + rise, 20_000) / n, draw.binomial(n, base, 20_000) / n
    pooled = (a + b) / 2
    found = abs(a - b) / np.sqrt(pooled * (1 - pooled) * 2 / n) > stats.norm.ppf(0.975)
    assert found.mean() == pytest.approx(comparisons.POWER, abs=0.02)


def test_groups_too_small_to_find_anything_say_so():
    assert comparisons.detectable_share(0.9, 5, 5) is None
    assert comparisons.welch([1], [2, 3]) is None
    assert comparisons.detectable_change([1], [2, 3]) is None


def test_the_smallest_detectable_change_is_found_in_four_of_five_trials():
    draw = np.random.default_rng(11)
    spread = [-1.2, -0.4, 0.4, 1.2] * 15
    rise = comparisons.detectable_change(spread, spread)
    sd = np.std(spread, ddof=1)
    a = draw.normal(rise, sd, (4_000, 60))
    b = draw.normal(0, sd, (4_000, 60))
    found = stats.ttest_ind(a, b, axis=1, equal_var=False).pvalue < 0.05
    assert found.mean() == pytest.approx(comparisons.POWER, abs=0.03)


def test_corrected_for_being_many():
    values = [0.012, 0.4, 0.03, 0.03]
    assert comparisons.holm(values) == pytest.approx([0.048, 0.4, 0.09, 0.09])
