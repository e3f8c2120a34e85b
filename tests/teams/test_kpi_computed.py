"""Computed KPIs read registered measures: passed on, or worked out, with what is missing said."""

from datetime import date
from decimal import Decimal as D

import pytest

from ipd.kernel.measures import MEASURES, Measure, Reading, Status, Unit
from teams.queries import computed
from tests.factories.kpis import KpiFactory

DAY = date(2026, 11, 22)
ESTIMATED, MISSING, NOT_DUE = Status.ESTIMATED, Status.MISSING, Status.NOT_DUE


@pytest.fixture
def measures(monkeypatch):
    """A few measures with given readings, in place of the register's."""
    asked = []

    def add(key, readings, unit=Unit.RATIO):
        def compute(ids, first, last):
            asked.append((key, list(ids), last))
            return {pk: reading for pk, reading in readings.items() if pk in ids}

        monkeypatch.setitem(MEASURES, key, Measure(key, f"The {key}", unit, True, compute))

    add(
        "good",
        {1: Reading(22, 25, 25, as_of=date(2026, 10, 31)), 2: Reading(0, 0, 0)},
        Unit.PERCENT,
    )
    add("eac", {1: Reading(12, 1, 3, ESTIMATED), 2: Reading(8), 3: Reading(0, 0, 0, MISSING)})
    add("bac", {1: Reading(10, 1, 9, as_of=date(2026, 9, 30)), 2: Reading(0), 3: Reading(4)})
    add("vast", {1: Reading(D(10) ** 14)})
    add("later", {1: Reading(0, 0, 0, NOT_DUE)})
    return asked


def read(expression, ids=(1, 2, 3), **card):
    return computed.read(KpiFactory.build(expression=expression, owner=None, **card), ids, DAY)


def test_a_measure_alone_is_passed_on_as_it_is(measures):
    found = read("good")
    assert (found[1].numerator, found[1].denominator, found[1].n) == (22, 25, 25)
    assert found[2].ratio is None
    assert measures == [("good", [1, 2, 3], DAY)]


def test_a_formula_gives_its_figure_its_least_n_and_its_worst_status(measures):
    one = read("eac - bac", unit="ratio")[1]
    assert (one.numerator, one.denominator, one.n, one.status) == (2, 1, 3, ESTIMATED)
    assert one.as_of == date(2026, 9, 30)


def test_a_division_at_the_end_keeps_its_sides_for_groups(measures):
    one = read("100 * (eac - bac) / bac", unit="%")[1]
    assert 100 * one.ratio == 20
    assert (one.numerator, one.denominator) == (200, 1000)


def test_percents_are_computed_with_as_they_are_shown(measures):
    one = read("100 - good", ids=[1], unit="%")[1]
    assert (one.numerator, one.denominator) == (12, 100)


def test_what_is_missing_says_so_instead_of_reading_zero(measures):
    found = read("eac / bac", unit="ratio")
    assert (found[2].status, found[2].ratio) == (MISSING, None)
    assert found[2].detail == "It would divide by zero."
    assert (found[3].status, found[3].detail) == (MISSING, "Nothing was measured of: The eac.")
    assert read("vast * 2", ids=[1])[1].detail == "It is too large to be kept."
    assert read("later + 1", ids=[1])[1].status == NOT_DUE


def test_whoever_a_measure_leaves_out_is_left_out(measures):
    assert set(read("good + eac")) == {1, 2}
    assert read("no_such_measure") == {}
    assert read("no_such_measure + eac") == {}
    assert read("1 + 1") == {}
    assert read("") == {}


def test_measures_are_read_once_for_several_kpis(measures):
    known = {}
    for expression in ("eac", "eac / bac", "bac"):
        kpi = KpiFactory.build(expression=expression, owner=None)
        computed.read(kpi, [1], DAY, known=known)
    assert [key for key, _ids, _day in measures] == ["eac", "bac"]
