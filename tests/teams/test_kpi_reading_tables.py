"""Readings from files: twice is once, what differs corrects, every bad cell is named."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from time_machine import travel

from ipd.kernel.tables import importing
from ipd.kernel.tables.company import Company
from ipd.kernel.tables.register import tables
from teams.models import KpiApproval, KpiMonth, KpiReading
from teams.queries import totals
from tests.factories.kpis import KpiFactory
from tests.kernel.company_files import with_more

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
HEAD = "team,kpi,month,numerator,denominator,n,status,as_of,note,entered_by,approved_by\n"
READINGS = {
    "kpi_readings": HEAD
    + "PDT-1,CSAT,2026-09,66,75,75,measured,2026-09-28,Wave 3,A1,B1\n"
    + "PDT-1,CSAT,2026-10,88,,,,,,,\n"
    + "PDT-1,DEF,2026-10,0.45,,12,estimated,,,,\n"
    + "PDT-1,DEF,2026-09,,,,missing,,The bench was away.,,\n",
    "kpi_months": "month,closed_by\n2026-09,A1\n",
}
files = partial(with_more, READINGS)
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def kpis(process):
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield KpiFactory(code="CSAT"), KpiFactory(code="DEF", unit="ratio")


def run(folder=None):
    return importing.run(folder or files(), as_of=date(2026, 11, 22))


def said(report):
    return [str(problem) for problem in report.problems]


def test_readings_come_in_twice_without_a_change(kpis):
    first = run()
    assert said(first) == []
    again = run()

    assert (again.total("added"), again.total("changed")) == (0, 0)
    assert KpiReading.objects.count() == 4
    full = KpiReading.objects.get(kpi=kpis[0], month=date(2026, 9, 1))
    assert (full.figure(), full.n, full.source) == (88, 75, "imported")
    assert (full.entered_by.code, full.approval.by.code) == ("A1", "B1")
    assert KpiMonth.objects.get().closed_by.code == "A1"


def test_blank_cells_stand_for_what_is_usual(kpis):
    run()

    percent = KpiReading.objects.get(kpi=kpis[0], month=OCTOBER)
    assert (percent.figure(), percent.denominator, percent.n) == (88, 100, 1)
    assert (percent.status, percent.as_of) == ("measured", date(2026, 10, 31))
    assert KpiReading.objects.get(kpi=kpis[1], month=OCTOBER).figure() == Decimal("0.45")


def test_what_comes_in_is_added_up(kpis):
    run()

    found = totals.of("PWR", OCTOBER, OCTOBER)
    assert found[kpis[0].pk, OCTOBER].figure(kpis[0]) == 88


def test_what_differs_is_a_correction(kpis):
    run()
    report = run(files(kpi_readings=("66,75,75", "60,75,75")))

    assert said(report) == []
    assert report.total("changed") == 1
    (current,) = KpiReading.objects.current().filter(kpi=kpis[0], month=date(2026, 9, 1))
    assert (current.numerator, current.supersedes.numerator) == (60, 66)


def test_an_approval_may_come_later_and_is_not_forgotten(kpis):
    run(files(kpi_readings=(",A1,B1", ",A1,")))
    assert not KpiApproval.objects.exists()

    assert run().total("changed") == 1
    assert KpiReading.objects.count() == 4
    assert run(files(kpi_readings=(",A1,B1", ",A1,"))).total("changed") == 0


def test_only_the_months_of_the_file_are_loaded(kpis):
    """Of millions of readings an import needs those that it may meet."""
    run()
    table = tables()["kpi_readings"]

    met = table.stored_for(Company(rows={"kpi_readings": [{"month": OCTOBER}]}))

    assert {row["month"] for row in met} == {OCTOBER}
    assert KpiReading.objects.exclude(month=OCTOBER).exists()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("66,75", "many,75", "a number with a point before at most six decimals"),
        ("66,75", "1.1234567,75", "a number with a point before at most six decimals"),
        ("66,75", "66,0", "a number other than zero"),
        ("66,75", ",75", "a number, or a status without"),
        ("75,measured", "-1,measured", "a whole number from 0"),
        ("measured", "guessed", "one of measured, estimated, not_due, missing"),
        ("2026-10,88", "2026-12,88", "a month that has begun"),
        ("2026-10,88", "October,88", "a month as year-month, as 2026-11"),
        ("2026-09,,,,missing", "2026-09,1,,,missing", "blank, as nothing was measured"),
        (",A1,B1", ",A1,A1", "somebody else than entered_by"),
        ("CSAT,2026-09", "NONE,2026-09", "the code of a row of kpis"),
        ("PDT-1,CSAT,2026-09", "PDT-9,CSAT,2026-09", "the code of a row of teams"),
        ("2026-10,0.45", "2026-09,0.45", "each once"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_comes_in(old, new, expected):
    report = run(files(kpi_readings=(old, new)))

    assert any(expected in problem for problem in said(report)), said(report)
    assert not KpiReading.objects.exists()


def test_a_month_that_is_running_is_not_closed():
    report = run(files(kpi_months=("2026-09,", "2026-11,")))

    assert "a month that is over" in said(report)[0]
