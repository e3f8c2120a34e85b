"""Alerts are raised once, told to who stands for the readings, and cleared when they are gone."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ipd.kernel.models import Notice
from teams.actions import alerts
from teams.models import KpiAlert
from tests.factories.boards import KpiAlertFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory
from tests.races import at_once

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def kpi():
    return KpiTargetFactory(kpi=KpiFactory(code="OTD")).kpi


def read(kpi, team, percent, month=OCTOBER, **fields):
    return KpiReadingFactory(
        kpi=kpi, team=team, numerator=percent, denominator=100, month=month, **fields
    )


def kinds():
    return sorted(KpiAlert.objects.filter(cleared_in=None).values_list("kind", flat=True))


def test_a_figure_outside_the_band_is_raised_once_and_told_to_who_stands_for_it(
    kpi, product, lpdt, pqa, core_member, outsider
):
    read(kpi, product.team, 60)
    assert alerts.raise_for() == 1
    assert alerts.raise_for() == 0
    assert kinds() == ["outside"]
    told = set(Notice.objects.values_list("person", flat=True))
    assert {lpdt.pk, pqa.pk} <= told
    assert not told & {core_member.pk, outsider.pk}
    [text] = set(Notice.objects.values_list("text", flat=True))
    assert text == f"{product.code}: OTD outside the band"
    assert not Notice.objects.filter(needs_action=True).exists()


def test_three_worse_in_a_row_and_a_forecast_are_raised(kpi, product):
    for month, percent in zip(range(5, 11), (90, 88, 86, 82, 79, 74), strict=True):
        read(kpi, product.team, percent, date(2026, month, 1))
    alerts.raise_for()
    assert kinds() == ["forecast", "worsening"]


def test_an_alert_is_cleared_when_its_sign_is_gone_and_may_be_raised_anew(kpi, product):
    read(kpi, product.team, 60, date(2026, 9, 1))
    alerts.raise_for(date(2026, 9, 1))
    read(kpi, product.team, 90)
    assert alerts.raise_for(OCTOBER) == 0
    assert kinds() == []
    assert KpiAlert.objects.get().cleared_in == OCTOBER
    read(kpi, product.team, 50, NOVEMBER)
    assert alerts.raise_for(NOVEMBER) == 1
    assert KpiAlert.objects.count() == 2


def test_nothing_is_raised_of_too_few_observations_or_without_a_target(kpi, product):
    read(kpi, product.team, 10, n=4)
    read(KpiFactory(), product.team, 10)
    assert alerts.raise_for() == 0


def test_what_is_no_longer_read_is_no_longer_called_out(kpi, product):
    read(kpi, product.team, 60, date(2026, 6, 1))
    assert alerts.raise_for() == 0


def test_of_a_confidential_team_only_its_own_people_hear(
    kpi, confidential_product, outsider, as_person
):
    read(kpi, confidential_product.team, 60)
    alerts.raise_for()
    seated = set(
        confidential_product.team.seats.exclude(person=None).values_list("person", flat=True)
    )
    assert set(Notice.objects.values_list("person", flat=True)) <= seated
    page = as_person(outsider).get(reverse("teams:kpi-alerts")).content.decode()
    assert confidential_product.code not in page


def test_many_teams_cost_as_many_queries_as_one(
    kpi, product, confidential_product, django_assert_max_num_queries
):
    read(kpi, product.team, 60)
    alerts.raise_for()
    read(kpi, confidential_product.team, 60)
    with django_assert_max_num_queries(14):
        alerts.raise_for()


def test_the_list_is_narrowed_and_paged(as_person, lpdt, product, monkeypatch):
    client, url = as_person(lpdt), reverse("teams:kpi-alerts")
    KpiAlertFactory(team=product.team, kpi__code="FIRST")
    KpiAlertFactory(team=product.team, kpi__code="SECOND", kind="forecast")
    page = client.get(url).content.decode()
    assert "FIRST" in page
    assert "SECOND" in page
    assert "FIRST" not in client.get(url, {"kind": "forecast"}).content.decode()
    assert "SECOND" in client.get(url, {"line": product.line.code}).content.decode()
    monkeypatch.setattr("teams.queries.alerts.PAGE", 1)
    assert "Next alerts" in client.get(url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_raise_a_sign_once(kpi, product):
    read(kpi, product.team, 60)
    at_once([alerts.raise_for] * 2)
    assert kinds() == ["outside"]
