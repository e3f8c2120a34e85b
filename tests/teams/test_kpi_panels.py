"""KPIs on the pages of a team and its product: at a glance, in one query."""

from datetime import date

import pytest
import time_machine

from teams.models import KpiOpenReading
from teams.queries import glance
from tests.factories.boards import KpiAlertFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


def read(product, percent=88, **fields):
    return KpiReadingFactory(team=product.team, numerator=percent, denominator=100, **fields)


def test_the_product_s_page_shows_figures_with_their_signs(as_person, outsider, product):
    kpi = read(product, kpi__name="Customer satisfaction").kpi
    KpiAlertFactory(kpi=kpi, team=product.team)
    for url in (product.get_absolute_url(), product.team.get_absolute_url()):
        page = as_person(outsider).get(url).content.decode()
        assert "Customer satisfaction" in page
        assert "88.0 %" in page
        assert "outside the band" in page


def test_without_a_reading_there_is_no_panel(as_person, outsider, product):
    KpiFactory(name="Customer satisfaction")
    page = as_person(outsider).get(product.get_absolute_url()).content.decode()
    assert "Customer satisfaction" not in page


def test_what_calls_for_somebody_goes_first_and_costs_one_query(product, django_assert_num_queries):
    quiet, worse, outside = (read(product).kpi for _each in range(3))
    KpiAlertFactory(kpi=worse, team=product.team, kind="worsening")
    KpiAlertFactory(kpi=outside, team=product.team)
    KpiAlertFactory(kpi=quiet, team=product.team, cleared_in=date(2026, 10, 1))
    with django_assert_num_queries(1):
        found = glance.of_team(product.team_id)
    assert [one.kpi for one in found] == [outside, worse, quiet]


def test_the_newest_stands_and_what_was_entered_goes_first(product):
    kpi = read(product, 70).kpi
    KpiOpenReading.objects.create(
        kpi=kpi,
        team=product.team,
        month=date(2026, 11, 1),
        numerator=85,
        denominator=100,
        status="measured",
        n=100,
    )
    assert glance.of_team(product.team_id)[0].figure == "85.0 %"
    read(product, 90, kpi=kpi, month=date(2026, 11, 1))
    assert glance.of_team(product.team_id)[0].figure == "90.0 %"


def test_what_is_old_missing_or_of_no_weight_is_left_out(product):
    read(product, month=date(2026, 6, 1))
    read(product, kpi__dimension="")
    read(product, kpi__unit="money")
    KpiReadingFactory(team=product.team, numerator=None, denominator=None, status="missing")
    assert glance.of_team(product.team_id) == []
