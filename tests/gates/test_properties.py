"""What holds for every input of the gates' arithmetic."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gates.calculations.quorum import needed, quorum
from gates.calculations.readiness import VALUES, WEIGHTS, readiness_percent
from ipd.kernel.days import add_working_days, working_days_between

CRITERIA = st.lists(
    st.tuples(st.sampled_from(sorted(WEIGHTS)), st.sampled_from(sorted(VALUES))), max_size=40
)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(CRITERIA)
def test_readiness_is_a_percentage_and_counts_in_any_order(criteria):
    percent = readiness_percent(criteria)

    assert percent is None or 0 <= percent <= 100
    assert percent == readiness_percent(reversed(criteria))


@given(CRITERIA, st.data())
def test_meeting_one_more_criterion_never_lowers_readiness(criteria, data):
    if readiness_percent(criteria) is None:
        return
    place = data.draw(st.integers(0, len(criteria) - 1))
    better = [
        (weight, "met" if number == place else state)
        for number, (weight, state) in enumerate(criteria)
    ]

    assert readiness_percent(better) >= readiness_percent(criteria)


@given(st.integers(1, 60), st.integers(1, 10), st.integers(1, 10))
def test_the_quorum_is_the_smallest_number_that_reaches_the_share(voters, numerator, denominator):
    count = needed(voters, numerator, denominator)

    assert count * denominator >= voters * numerator
    assert count == 1 or (count - 1) * denominator < voters * numerator


@given(st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20)))
def test_nobody_leaving_makes_a_quorum(voters, present):
    body = [(person, "FIN") for person in sorted(voters)]
    rules = {"chair": 1, "functions": ["FIN"], "numerator": 2, "denominator": 3}

    if quorum(body, present=present - {2}, **rules).is_met:
        assert quorum(body, present=present, **rules).is_met


@given(DAYS, st.integers(-60, 60))
def test_working_days_counted_forth_are_counted_back(day, count):
    there = add_working_days(day, count)

    assert there.weekday() < 5 or count == 0
    if day.weekday() < 5:
        assert working_days_between(day, there) == count
    assert abs((there - day).days) <= abs(count) * 7 / 5 + timedelta(days=4).days
