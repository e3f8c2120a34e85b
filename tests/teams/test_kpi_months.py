"""A month is read again while it is open; closed, it keeps what was read and what is missing."""

from datetime import date
from decimal import Decimal

import pytest
from time_machine import travel

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry
from teams.actions import months, readings
from teams.actions.readings import Entry
from teams.models import KpiMonth, KpiOpenReading, KpiReading
from teams.queries import readings as shown
from teams.queries import totals
from tests.factories import ProductFactory, ReviewFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory

pytestmark = pytest.mark.django_db
NOVEMBER, OCTOBER, SEPTEMBER = date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def first_pass(db):
    return KpiFactory(code="GATE_FPY", expression="gate_first_pass")


@pytest.fixture
def closed_before(db):
    return KpiMonth.objects.create(month=SEPTEMBER)


def passed(product, *, held_on=date(2026, 10, 8), outcome="GO"):
    return ReviewFactory(
        product=product, at="CDCP", stage="decided", ended_in=outcome, held_on=held_on
    )


def of(kpi, product, month):
    return shown.at([product.team_id], month).get((product.team_id, kpi.pk))


def test_the_open_months_are_read_from_the_facts(first_pass, product):
    passed(product)

    months.read_open()

    for month in (OCTOBER, NOVEMBER):
        reading = of(first_pass, product, month)
        assert (reading.figure(first_pass), reading.n, reading.is_open) == (100, 1, True)
    assert totals.of("", NOVEMBER, NOVEMBER)[first_pass.pk, NOVEMBER].figure(first_pass) == 100
    assert not KpiReading.objects.exists()


def test_reading_again_replaces_what_was_read(first_pass, product, closed_before):
    KpiMonth.objects.create(month=OCTOBER)
    review = passed(product)
    months.read_open()
    review.outcome = type(review.outcome).objects.get(code="NO_GO", chain=review.outcome.chain)
    review.save()

    months.read_open()

    (row,) = KpiOpenReading.objects.all()
    assert (row.month, row.numerator) == (NOVEMBER, 0)
    first_pass.is_active = False
    first_pass.save()
    months.read_open()
    assert not KpiOpenReading.objects.exists()
    assert totals.of("", NOVEMBER, NOVEMBER) == {}


def test_only_some_may_be_read_again(first_pass, product, house):
    other = ProductFactory(line=house.line)
    passed(product), passed(other)

    months.read_open([other.pk])

    assert {row.team for row in KpiOpenReading.objects.all()} == {other.team}


def test_a_team_whose_work_has_ended_counts_with_what_happened_to_it(first_pass, product, house):
    stopped = ProductFactory(line=house.line, status="cancelled")
    passed(product), passed(stopped, outcome="NO_GO")
    seats = KpiFactory(code="ROLE_COV", expression="role_coverage")

    months.read_open()

    assert totals.of("", NOVEMBER, NOVEMBER)[first_pass.pk, NOVEMBER].figure(first_pass) == 50
    assert of(seats, stopped, NOVEMBER) is None


def test_closing_keeps_what_was_computed_and_what_is_missing(
    first_pass, product, secretary, closed_before
):
    survey, not_due = KpiFactory(code="CSAT"), KpiFactory(code="NPS")
    KpiTargetFactory(kpi=survey, phase=product.phase.code)
    KpiTargetFactory(kpi=not_due, phase="LIFECYCLE")
    passed(product)
    months.read_open()

    closed = months.close(OCTOBER, by=secretary)

    assert (closed.computed, closed.missing) == (1, 2)  # the survey also of the confidential one
    kept = of(first_pass, product, OCTOBER)
    assert (kept.status, kept.source, kept.is_open) == ("measured", "computed", False)
    assert of(survey, product, OCTOBER).status == "missing"
    assert of(not_due, product, OCTOBER) is None
    assert not KpiOpenReading.objects.filter(month=OCTOBER).exists()
    assert KpiOpenReading.objects.filter(month=NOVEMBER).exists()
    assert totals.of("", OCTOBER, OCTOBER)[first_pass.pk, OCTOBER].figure(first_pass) == 100
    assert LedgerEntry.objects.get(kind="KPI month closed").body["missing"] == 2
    assert ledger.verify() == []


def test_what_was_entered_stays_and_what_comes_late_is_a_correction(
    first_pass, product, core_member, closed_before
):
    survey = KpiFactory(code="CSAT")
    KpiTargetFactory(kpi=survey)
    entered = KpiReadingFactory(kpi=first_pass, team=product.team, month=OCTOBER)
    passed(product)

    months.close(OCTOBER)

    assert of(first_pass, product, OCTOBER) == entered
    missing = of(survey, product, OCTOBER)
    late = Entry(survey.pk, OCTOBER, Decimal(8), Decimal(10), 10, note="Late.", seen=missing.pk)
    (made,) = readings.enter(product.team, [late], by=core_member)
    assert made.supersedes == missing
    assert totals.of("", OCTOBER, OCTOBER)[survey.pk, OCTOBER].figure(survey) == 80


def test_a_quarter_is_read_in_its_last_month(product, closed_before):
    quarterly = KpiFactory(cadence="quarterly", expression="role_coverage")
    due = KpiFactory(cadence="quarterly")
    KpiTargetFactory(kpi=due)

    months.close(OCTOBER)

    assert of(quarterly, product, OCTOBER) is None
    assert of(due, product, OCTOBER) is None


def test_months_are_closed_in_turn_and_once(closed_before):
    with pytest.raises(Refused, match="the next is 2026-10"):
        months.close(NOVEMBER)
    months.close(OCTOBER)
    with pytest.raises(Refused, match="2026-10 is closed"):
        months.close(OCTOBER)
    with pytest.raises(Refused, match="2026-11 is not over yet"):
        months.close(NOVEMBER)


def test_closing_that_broke_off_is_begun_anew(first_pass, product, closed_before, monkeypatch):
    KpiTargetFactory(kpi=KpiFactory())
    passed(product)

    def breaks(month, by):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(months, "_end", breaks)
        with pytest.raises(RuntimeError):
            months.close(OCTOBER)
    kept = set(KpiReading.objects.values_list("pk", flat=True))
    assert kept

    months.close(OCTOBER)

    assert set(KpiReading.objects.values_list("pk", flat=True)) == kept
    assert KpiMonth.objects.filter(month=OCTOBER).exists()


def test_queries_do_not_grow_with_teams(
    first_pass, house, django_assert_max_num_queries, closed_before
):
    KpiFactory(expression="role_coverage")
    KpiMonth.objects.create(month=OCTOBER)

    def count():
        with django_assert_max_num_queries(40) as found:
            months.read_open()
        return len(found)

    few = count()
    for _place in range(3):
        passed(ProductFactory(line=house.line))
    assert count() == few


def test_nothing_is_read_of_days_to_come(first_pass, product, closed_before):
    passed(product, held_on=date(2026, 11, 2))

    months.close(OCTOBER)

    assert of(first_pass, product, OCTOBER) is None
