"""Readings are entered, corrected and approved; nothing that was read is ever changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from time_machine import travel

from ipd.kernel.access import Refused, Stale
from teams.actions import readings
from teams.actions.readings import Entry
from teams.models import KpiApproval, KpiMonth, KpiReading
from teams.queries import readings as shown
from tests.factories.kpis import KpiFactory, KpiReadingFactory

pytestmark = pytest.mark.django_db
NOVEMBER, OCTOBER, SEPTEMBER = date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def kpi(db):
    return KpiFactory(code="CSAT")


@pytest.fixture
def team(product):
    return product.team


def entry(kpi, **fields):
    values = {"numerator": Decimal(66), "denominator": Decimal(75), "n": 75} | fields
    return Entry(kpi=kpi.pk, **{"month": OCTOBER, **values})


def test_what_is_entered_stands_with_who_entered_it_and_by_which_card(kpi, team, core_member):
    (made,) = readings.enter(team, [entry(kpi)], by=core_member)

    made.refresh_from_db()
    assert (made.figure(), made.n, made.source) == (88, 75, "entered")
    assert (made.entered_by, made.definition, made.as_of) == (
        core_member,
        kpi.version,
        date(2026, 11, 22),
    )


def test_a_correction_supersedes_and_both_are_kept(kpi, team, core_member):
    (first,) = readings.enter(team, [entry(kpi)], by=core_member)
    second = readings.correct(
        first,
        by=core_member,
        note="Two answers came late.",
        n=77,
        numerator=Decimal(68),
        denominator=Decimal(77),
    )

    assert second.supersedes == first
    assert shown.at([team.pk], OCTOBER)[team.pk, kpi.pk] == second
    assert shown.chain(second) == [second, first]
    first.refresh_from_db()
    assert first.numerator == 66


def test_what_says_nothing_new_is_no_correction(kpi, team, core_member):
    (first,) = readings.enter(team, [entry(kpi)], by=core_member)

    assert readings.enter(team, [entry(kpi, seen=first.pk)], by=core_member) == []
    with pytest.raises(Refused, match="says already"):
        readings.correct(
            first, by=core_member, note="", n=75, numerator=Decimal(66), denominator=Decimal(75)
        )


def test_whoever_did_not_see_what_stands_there_is_told(kpi, team, core_member, lpdt):
    readings.enter(team, [entry(kpi)], by=core_member)

    with pytest.raises(Stale, match="Somebody entered CSAT of 2026-10 meanwhile"):
        readings.enter(team, [entry(kpi, numerator=Decimal(70))], by=lpdt)
    assert KpiReading.objects.count() == 1


def test_one_wrong_entry_keeps_all_of_them_out(kpi, team, core_member):
    with pytest.raises(Refused, match="2026-12 has not begun"):
        readings.enter(team, [entry(kpi), entry(kpi, month=date(2026, 12, 1))], by=core_member)
    assert not KpiReading.objects.exists()


def test_a_kpi_that_is_not_in_use_is_not_read(team, core_member):
    with pytest.raises(Refused, match="not in use"):
        readings.enter(team, [entry(KpiFactory(is_active=False))], by=core_member)


@pytest.mark.parametrize("why", ["closed", "approved", "computed"])
def test_a_correction_of_what_others_rely_on_gives_its_reason(why, kpi, team, core_member, lpdt):
    stood = KpiReadingFactory(
        kpi=kpi,
        team=team,
        **({"source": "computed", "entered_by": None} if why == "computed" else {}),
    )
    if why == "closed":
        KpiMonth.objects.create(month=OCTOBER)
    if why == "approved":
        readings.approve([stood], by=lpdt)

    with pytest.raises(Refused, match="Say why CSAT of 2026-10 is corrected"):
        readings.enter(team, [entry(kpi, seen=stood.pk)], by=core_member)
    (made,) = readings.enter(team, [entry(kpi, seen=stood.pk, note="Counted again.")], by=lpdt)
    assert made.note == "Counted again."


def test_what_is_missing_or_not_due_has_no_figure(kpi, team, core_member):
    (made,) = readings.enter(team, [entry(kpi, status="missing")], by=core_member)

    assert (made.numerator, made.denominator, made.n, made.figure()) == (None, None, 0, None)


def test_another_person_approves(kpi, team, core_member, lpdt):
    rows = readings.enter(team, [entry(kpi), entry(kpi, month=SEPTEMBER)], by=core_member)

    readings.approve(rows, by=lpdt)

    assert {row.by for row in KpiApproval.objects.all()} == {lpdt}
    assert shown.at([team.pk], OCTOBER)[team.pk, kpi.pk].approved_by_id == lpdt.pk
    with pytest.raises(Refused, match="approved already"):
        readings.approve(rows, by=lpdt)


def test_nobody_approves_their_own_reading(kpi, team, core_member):
    (made,) = readings.enter(team, [entry(kpi)], by=core_member)

    with pytest.raises(Refused, match="somebody else has to approve"):
        readings.approve([made], by=core_member)
    with pytest.raises(DatabaseError, match="approved by another"), transaction.atomic():
        KpiApproval.objects.create(reading=made, by=core_member)


def test_what_was_corrected_or_computed_is_not_approved(kpi, team, core_member, lpdt):
    (first,) = readings.enter(team, [entry(kpi)], by=core_member)
    readings.correct(first, by=core_member, note="", numerator=Decimal(1), denominator=Decimal(2))

    with pytest.raises(Stale, match="was corrected meanwhile"):
        readings.approve([first], by=lpdt)
    computed = KpiReadingFactory(team=team, source="computed", entered_by=None)
    with pytest.raises(Refused, match="was computed"):
        readings.approve([computed], by=lpdt)


def test_the_database_keeps_readings(kpi, team, core_member):
    (made,) = readings.enter(team, [entry(kpi)], by=core_member)

    with pytest.raises(DatabaseError), transaction.atomic():
        KpiReading.objects.filter(pk=made.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        KpiReading.objects.filter(pk=made.pk).update(n=1)
