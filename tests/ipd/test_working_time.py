"""Working time, held against counting minute by minute."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipd.calculations.working_time import (
    DAY,
    ROUND_THE_CLOCK,
    NoWorkingTime,
    WorkingTime,
    datetime_of,
    minute_of,
)

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NIGHTS = tuple(((0, 180), (240, 480), (1380, 1440)) for _day in range(7))
FIRST = minute_of(MONDAY)


def at(day, hour, minute=0):
    return minute_of(MONDAY + timedelta(days=day, hours=hour, minutes=minute))


def said(minute):
    return f"{datetime_of(minute):%a %d %H:%M}"


def test_eight_hours_end_on_the_same_day_and_begin_there_going_back():
    plain = WorkingTime.of()

    assert said(plain.add(at(4, 8), 480)) == "Fri 27 17:00"
    assert said(plain.add(at(4, 17), -480)) == "Fri 27 08:00"
    assert said(plain.add(at(4, 17), 60)) == "Mon 30 09:00"
    assert said(plain.add(at(7, 8), -60)) == "Fri 27 16:00"
    assert said(plain.next(at(4, 17))) == "Mon 30 08:00"
    assert said(plain.previous(at(7, 8))) == "Fri 27 17:00"
    assert said(plain.add(at(5, 3), 0)) == "Sat 28 03:00"
    assert plain.between(at(4, 12), at(7, 9)) == 300
    assert plain.between(at(7, 9), at(4, 12)) == -300


def test_a_holiday_is_off_unless_an_exception_says_otherwise():
    friday = date(2026, 11, 27).toordinal()
    off = WorkingTime.of(days_off=lambda year: frozenset({friday, friday + 3}))
    worked = WorkingTime.of(
        exceptions={friday: [(480, 600)]}, days_off=lambda year: frozenset({friday, friday + 3})
    )

    assert said(off.add(at(3, 17), 60)) == "Tue 01 09:00"
    assert said(worked.add(at(3, 17), 60)) == "Fri 27 09:00"
    assert said(worked.add(at(3, 17), 121)) == "Tue 01 08:01"


def test_a_shift_across_midnight_is_one_piece_of_work():
    nights = WorkingTime.of(NIGHTS)

    assert nights.between(at(0, 23), at(1, 8)) == 480
    assert said(nights.add(at(0, 23), 480)) == "Tue 24 08:00"
    assert nights.next(at(1, 0)) == nights.previous(at(1, 0)) == at(1, 0)


def test_time_in_both_calendars():
    mornings = WorkingTime.of([[(420, 720)]] * 7)

    assert said(WorkingTime.of().both(mornings).add(at(0, 8), 480)) == "Tue 24 12:00"


def test_a_calendar_without_work_is_refused():
    with pytest.raises(NoWorkingTime):
        WorkingTime.of([[]] * 7)
    once = WorkingTime.of([[]] * 7, exceptions={MONDAY.toordinal(): [(480, 1020)]})
    assert once.add(FIRST, 540) == at(0, 17)
    with pytest.raises(NoWorkingTime):
        once.add(FIRST, 541)
    with pytest.raises(NoWorkingTime):
        WorkingTime.of().add(FIRST, 10**9)


def test_far_away_days_come_to_be_known():
    plain = WorkingTime.of()
    far = plain.add(FIRST, 480 * 5 * 52 * 30)

    assert plain.between(FIRST, far) == 480 * 5 * 52 * 30
    assert plain.add(far, -480 * 5 * 52 * 30) == at(0, 8)
    assert ROUND_THE_CLOCK.add(FIRST, 90 * DAY) == FIRST + 90 * DAY


stretches = st.lists(
    st.tuples(st.integers(0, 47), st.integers(1, 12)).map(
        lambda pair: (pair[0] * 30, min(DAY, (pair[0] + pair[1]) * 30))
    ),
    max_size=4,
)
weeks = st.lists(stretches, min_size=7, max_size=7).filter(any)


@given(weeks, st.integers(0, 14 * DAY), st.integers(1, 3000))
def test_adding_is_counting_minute_by_minute(week, start, minutes):
    calendar = WorkingTime.of(week)
    start += FIRST
    end = calendar.add(start, minutes)

    def works(minute):
        day = (minute // DAY + 6) % 7
        return any(a <= minute % DAY < b for a, b in week[day])

    assert works(end - 1)
    if end - start < 20_000:
        assert sum(map(works, range(start, end))) == minutes
    assert calendar.between(start, end) == minutes
    assert calendar.add(end, -minutes) == calendar.next(start)
    assert calendar.next(start) >= start >= calendar.previous(start)
