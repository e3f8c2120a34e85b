"""Boards of lines and the company, trends of groups, and the map of teams by KPIs."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ipd.kernel.measures import Unit
from teams.models import KpiTotal
from teams.queries import totals
from teams.subjects import subjects
from tests.factories.kpis import KpiReadingFactory
from tests.teams.kpi_pages import due_kpi, read, text_of

OCTOBER = date(2026, 10, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def look(as_person, lpdt):
    client = as_person(lpdt)
    return lambda name, *args, **query: text_of(client, name, *args, **query)


# Groups -------------------------------------------------------------------------------------


def test_a_group_s_figure_is_a_ratio_of_sums_and_says_what_the_mean_would_be(look, house, product):
    kpi = due_kpi("CPI", unit=Unit.RATIO, places=3)
    other = house.confidential_product
    type(other).objects.filter(pk=other.pk).update(is_confidential=False)
    KpiReadingFactory(kpi=kpi, team=product.team, numerator=30, denominator=40)
    KpiReadingFactory(kpi=kpi, team=other.team, numerator=10, denominator=8)
    totals.recompute(OCTOBER)
    assert "0.833" in look("teams:kpi-board", all=1)
    page = look("teams:kpi-group-trend", "CPI")
    assert "The figure is 0.833" in page
    assert "would be 1.000" in page


def test_a_line_shows_its_own(look, product):
    kpi = due_kpi("CSAT")
    read(kpi, product.team, 88)
    totals.recompute(OCTOBER)
    assert "88.0 %" in look("teams:kpi-line", product.line.code)
    assert KpiTotal.objects.filter(group=product.line.code).exists()


def test_an_unknown_line_is_not_found(as_person, lpdt):
    client = as_person(lpdt)
    assert client.get(reverse("teams:kpi-line", args=["NOWHERE"])).status_code == 404
    url = reverse("teams:kpi-group-trend", args=[due_kpi("X").code], query={"line": "NOWHERE"})
    assert client.get(url).status_code == 404


def test_money_of_a_group_is_shown_only_to_who_may_see_all_of_it(
    as_person, outsider, chair, product
):
    kpi = due_kpi("CV", unit=Unit.MONEY, together="sum", places=0)
    KpiReadingFactory(kpi=kpi, team=product.team, numerator=7654321, denominator=1)
    totals.recompute(OCTOBER)
    urls = [
        reverse("teams:kpi-line", args=[product.line.code]),
        reverse("teams:kpi-line-file", args=[product.line.code, "xlsx"]),
        reverse("teams:kpi-group-trend", args=["CV"], query={"line": product.line.code}),
        reverse("teams:kpi-team", args=[product.team_id]),
        reverse("teams:kpi-trend", args=[product.team_id, "CV"]),
        reverse("teams:kpi-heat"),
    ]
    for url in urls[:1] + urls[2:]:
        assert "7,654,321" not in as_person(outsider).get(url).content.decode(), url
        assert "7654321" not in as_person(outsider).get(url).content.decode(), url
    assert "7,654,321" in as_person(chair).get(urls[0]).content.decode()
    for ending in ("svg", "png", "pdf", "xlsx"):
        url = reverse("teams:kpi-trend-file", args=[product.team_id, "CV", ending])
        assert as_person(outsider).get(url).status_code == 404
        assert as_person(chair).get(url).status_code == 200


def test_a_group_s_board_costs_the_same_at_one_and_at_many(
    as_person, outsider, product, django_assert_max_num_queries
):
    client, url = as_person(outsider), reverse("teams:kpi-board", query={"all": 1})
    for code in ("A", "B", "C"):
        read(due_kpi(code), product.team, 88)
        totals.recompute(OCTOBER)
        with django_assert_max_num_queries(12):
            client.get(url)


# Teams by KPIs ------------------------------------------------------------------------------


def test_the_map_shows_each_team_by_its_own_targets(look, product):
    read(due_kpi("CSAT"), product.team, 88), due_kpi("GONE")
    page = look("teams:kpi-heat")
    assert 'title="CSAT: 88.0 %, on target"' in page
    assert 'title="GONE: missing"' in page
    assert product.code in page


def test_the_map_is_narrowed_and_paged(look, product, house, monkeypatch):
    other = house.confidential_product
    type(other).objects.filter(pk=other.pk).update(is_confidential=False)
    read(due_kpi("CSAT"), product.team, 88)
    assert other.code not in look("teams:kpi-heat", line=product.line.code)
    assert "CSAT" not in look("teams:kpi-heat", dimension="time")
    monkeypatch.setattr("teams.queries.heat.PAGE", 1)
    first = look("teams:kpi-heat")
    assert "Next teams" in first
    shown = {code for code in (product.code, other.code) if f"<bdi>{code}</bdi>" in first}
    assert len(shown) == 1


def test_the_map_costs_the_same_for_more_teams(
    as_person, lpdt, product, house, django_assert_max_num_queries
):
    client = as_person(lpdt)
    read(due_kpi("CSAT"), product.team, 88)
    with django_assert_max_num_queries(12):
        client.get(reverse("teams:kpi-heat"))
    other = house.confidential_product
    type(other).objects.filter(pk=other.pk).update(is_confidential=False)
    with django_assert_max_num_queries(12):
        client.get(reverse("teams:kpi-heat"))
    assert len(subjects().measured()) == 2


def test_a_trend_costs_the_same_for_more_teams_and_months(
    as_person, lpdt, product, house, django_assert_max_num_queries
):
    client = as_person(lpdt)
    other = house.confidential_product
    type(other).objects.filter(pk=other.pk).update(is_confidential=False)
    kpi = due_kpi("CPI", unit=Unit.RATIO, has_amounts=True)
    line = {"line": product.line.code}
    for team, month in ((product.team, 8), (product.team, 9), (other.team, 10)):
        read(kpi, team, 88, month=date(2026, month, 1))
        totals.recompute(date(2026, month, 1))
        for url in (
            reverse("teams:kpi-group-trend", args=["CPI"], query=line),
            reverse("teams:kpi-group-trend", args=["CPI"]),
            reverse("teams:kpi-trend", args=[product.team_id, "CPI"]),
        ):
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200


def test_the_teams_behind_a_figure_are_paged(look, product, house, monkeypatch):
    other = house.confidential_product
    type(other).objects.filter(pk=other.pk).update(is_confidential=False)
    kpi = due_kpi("CSAT")
    read(kpi, product.team, 88), read(kpi, other.team, 80)
    totals.recompute(OCTOBER)
    monkeypatch.setattr("teams.queries.contributions.PAGE", 1)
    page = look("teams:kpi-group-trend", "CSAT")
    assert "Next teams" in page
    assert "2 teams that you may see" in page
