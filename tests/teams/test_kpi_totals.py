"""A group's figure equals what its rows make, whoever adds them up; never a mean of ratios."""

from datetime import date
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from time_machine import travel

from teams.actions import readings
from teams.actions.readings import Entry
from teams.models import KpiOpenReading, KpiTotal
from teams.queries import totals
from tests.factories import LineFactory, ProductFactory
from tests.factories import company as factory
from tests.factories.kpis import KpiFactory, KpiReadingFactory

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


def read(kpi, product, numerator, denominator=1, **more):
    return KpiReadingFactory(
        kpi=kpi, team=product.team, numerator=numerator, denominator=denominator, **more
    )


def figure(kpi, group=""):
    found = totals.of(group, OCTOBER, OCTOBER).get((kpi.pk, OCTOBER))
    return found.figure(kpi) if found else None


def test_shares_are_a_ratio_of_sums_by_line_and_for_the_company(house):
    kpi = KpiFactory()
    elsewhere = ProductFactory(line=LineFactory(code="RAN"))
    read(kpi, house.product, 9, 10, n=10)
    read(kpi, elsewhere, 1, 90, n=90)

    totals.recompute(OCTOBER)

    assert figure(kpi) == 10  # and not (90 + 1.1) / 2
    assert (figure(kpi, house.line.code), round(figure(kpi, "RAN"), 1)) == (90, Decimal("1.1"))
    company = KpiTotal.objects.get(kpi=kpi, group="")
    assert (company.n, company.teams) == (100, 2)


@pytest.mark.parametrize(
    ("together", "expected"), [("sum", 15), ("median", Decimal("3.5")), ("least", 2), ("most", 6)]
)
def test_other_figures_come_about_as_their_card_says(together, expected, house):
    kpi = KpiFactory(unit="count", together=together)
    for value in (2, 6, 4, 3):
        read(kpi, ProductFactory(line=house.line), value)

    totals.recompute(OCTOBER)

    assert figure(kpi, house.line.code) == figure(kpi) == expected


def test_only_what_stands_counts(house):
    kpi = KpiFactory()
    wrong = read(kpi, house.product, 1, 10)
    read(kpi, house.product, 8, 10, supersedes=wrong)
    other = ProductFactory(line=house.line)
    KpiReadingFactory(
        kpi=kpi, team=other.team, status="missing", numerator=None, denominator=None, n=0
    )

    totals.recompute(OCTOBER)

    assert figure(kpi) == 80
    assert KpiTotal.objects.get(kpi=kpi, group="").teams == 1


def test_provisional_readings_count_until_something_is_entered(house):
    kpi, other = KpiFactory(), ProductFactory(line=house.line)
    for product in (house.product, other):
        KpiOpenReading.objects.create(
            kpi=kpi, team=product.team, month=OCTOBER, numerator=1, denominator=2, status="measured"
        )
    totals.recompute(OCTOBER)
    assert figure(kpi) == 50

    read(kpi, other, 2, 2)
    totals.recompute(OCTOBER)
    assert figure(kpi) == 75


def test_a_ratio_over_nothing_is_no_total(house):
    kpi = KpiFactory()
    read(kpi, house.product, 5, 10)
    read(kpi, ProductFactory(line=house.line), 5, -10)

    totals.recompute(OCTOBER)

    assert figure(kpi) is None


def test_entering_brings_the_totals_up_to_date(house, core_member):
    kpi = KpiFactory()
    entry = Entry(kpi.pk, OCTOBER, Decimal(66), Decimal(75), n=75)

    readings.enter(house.product.team, [entry], by=core_member)

    assert figure(kpi) == figure(kpi, house.line.code) == 88


def test_a_team_whose_work_has_ended_counts_in_its_months(house):
    kpi = KpiFactory()
    read(kpi, ProductFactory(line=house.line, status="cancelled"), 1, 2)

    totals.recompute(OCTOBER)

    assert figure(kpi, house.line.code) == 50


@pytest.mark.parametrize("together", ["ratio", "sum", "median", "least", "most"])
def test_who_sees_a_confidential_team_has_it_in_the_total(together, house):
    kpi = KpiFactory(unit="count", together=together)
    read(kpi, house.product, 2, 4, n=4)
    read(kpi, ProductFactory(line=house.confidential_product.line), 30, 10, n=10)
    hidden = read(kpi, house.confidential_product, 10, 5, n=5)
    totals.recompute(OCTOBER)
    insider = house.confidential_product.team.seats.get().person

    def seen(person, group=""):
        found = totals.seen_by(person, group, OCTOBER, OCTOBER)
        return found[kpi.pk, OCTOBER] if found else None

    ratios = [Decimal("0.5"), Decimal(3), Decimal(2)]
    whole = {
        "ratio": Decimal(42) / 19,
        "sum": sum(ratios),
        "median": median(ratios),
        "least": min(ratios),
        "most": max(ratios),
    }[together]
    assert seen(house.outsider).figure(kpi) == figure(kpi)
    assert seen(insider).figure(kpi) == whole
    assert (seen(insider).teams, seen(insider).n) == (3, 19)
    assert seen(insider, house.confidential_product.line.code).teams == 2
    assert seen(insider, house.line.code).figure(kpi) == Decimal("0.5")
    assert hidden.figure() == 2


class RollUp(TestCase):
    """What is kept of a group equals what its rows make, whatever was read."""

    @classmethod
    def setUpTestData(cls):
        factory.process()
        cls.lines = [LineFactory(), LineFactory()]
        cls.products = [ProductFactory(line=cls.lines[place % 2]) for place in range(5)]
        cls.kpis = {name: KpiFactory(together=name) for name in ("ratio", "sum", "median")}

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        parts=st.lists(
            st.tuples(st.integers(-1000, 1000), st.integers(1, 400)), min_size=5, max_size=5
        )
    )
    def test_roll_up_equals_recomputation_from_rows(self, parts):
        for kpi in self.kpis.values():
            for product, (numerator, denominator) in zip(self.products, parts, strict=True):
                read(kpi, product, numerator, denominator, n=denominator)
        totals.recompute(OCTOBER)

        for line in [None, *self.lines]:
            rows = [
                part
                for product, part in zip(self.products, parts, strict=True)
                if line in (None, product.line)
            ]
            ratios = [Decimal(numerator) / denominator for numerator, denominator in rows]
            expected = {
                "ratio": Decimal(sum(n for n, _d in rows)) / sum(d for _n, d in rows),
                "sum": sum(ratios),
                "median": median(ratios),
            }
            for name, kpi in self.kpis.items():
                found = figure(kpi, line.code if line else "")
                assert abs(found - 100 * expected[name]) < Decimal("0.001"), name
