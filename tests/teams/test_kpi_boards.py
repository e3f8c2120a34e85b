"""Boards of teams and groups: what a tile says, what it does not, and what it costs."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ipd.kernel.measures import Unit
from teams.models import KpiOpenReading, KpiTotal
from teams.queries import totals
from teams.subjects import Mark, subjects
from tests.factories.kpis import (
    KpiFactory,
    KpiReadingFactory,
    KpiTargetFactory,
    KpiWeightFactory,
)

OCTOBER = date(2026, 10, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


def due_kpi(code, **fields):
    return KpiTargetFactory(kpi=KpiFactory(code=code, **fields)).kpi


def read(kpi, team, percent, **fields):
    return KpiReadingFactory(kpi=kpi, team=team, numerator=percent, denominator=100, **fields)


def text_of(client, name, *args, **query):
    response = client.get(reverse(name, args=args, query=query or None))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.fixture
def look(as_person, lpdt):
    client = as_person(lpdt)
    return lambda name, *args, **query: text_of(client, name, *args, **query)


# A team's board -----------------------------------------------------------------------------


def test_a_tile_says_figure_target_n_owner_and_month(look, product):
    read(due_kpi("CSAT", name="Customer satisfaction"), product.team, 88, n=40)
    page = look("teams:kpi-team", product.team_id)
    for said in ("Customer satisfaction", "88.0 %", "≥ 85.0 %", "n = 40", "2026-10", "on target"):
        assert said in page


def test_of_few_observations_what_was_counted_is_shown_and_no_percentage(look, product):
    kpi = due_kpi("FPY")
    KpiReadingFactory(kpi=kpi, team=product.team, numerator=3, denominator=4, n=4)
    page = look("teams:kpi-team", product.team_id)
    assert "3 of 4" in page
    assert "75.0 %" not in page
    assert "n = 4, below 5" in page


def test_what_is_missing_is_said_to_be_missing(look, product):
    due_kpi("GONE")
    KpiReadingFactory(
        kpi=due_kpi("LOST"), team=product.team, numerator=None, denominator=None, status="missing"
    )
    page = look("teams:kpi-team", product.team_id)
    assert page.count("tile__missing") == 2


def test_an_estimate_and_a_provisional_figure_say_so(look, product):
    read(due_kpi("EST"), product.team, 88, status="estimated")
    KpiOpenReading.objects.create(
        kpi=due_kpi("OPEN"),
        team=product.team,
        month=date(2026, 11, 1),
        numerator=85,
        denominator=100,
        n=100,
        status="measured",
    )
    page = look("teams:kpi-team", product.team_id)
    assert "<b>estimated</b>" in page
    assert "provisional" in page


def test_a_score_is_shown_or_said_to_be_insufficient(look, product):
    KpiWeightFactory(phase=product.phase.code, percent=100)
    kpi = due_kpi("CSAT")
    assert "Insufficient data" in look("teams:kpi-team", product.team_id)
    read(kpi, product.team, 85)
    assert "100.0 <small>of 120" in look("teams:kpi-team", product.team_id)


def test_the_change_since_the_last_gate_is_told(look, product, monkeypatch):
    def marker(ids, first, last):
        return {one: [Mark(date(2026, 6, 29), "TR4", "risk", "/g/")] for one in ids}

    monkeypatch.setattr("teams.subjects.MARKERS", [marker])
    kpi = due_kpi("CSAT")
    read(kpi, product.team, 84, month=date(2026, 6, 1)), read(kpi, product.team, 88)
    page = look("teams:kpi-team", product.team_id)
    assert "+4.0 points" in page
    assert "<b>better</b>" in page
    assert "since TR4" in page
    page = look("teams:kpi-trend", product.team_id, "CSAT")
    assert page.count(">TR4<") >= 1


def test_three_worsening_figures_are_told(look, product):
    kpi = due_kpi("OTD")
    for month, percent in ((7, 95), (8, 94), (9, 92), (10, 90)):
        read(kpi, product.team, percent, month=date(2026, month, 1))
    assert "three times worse in a row" in look("teams:kpi-team", product.team_id)


def test_the_three_traps_are_visible(look, product):
    """What was granted, what is late, what passed with conditions: said beside the figure."""
    pairs = {
        "SCH_DEV": ("schedule_deviation_original", "down", (20, 5, 0), 29),
        "SCH_DEV_CUR": ("schedule_deviation_current", "down", (20, 5, 0), "3.6"),
        "RND_DEV": ("cost_deviation_original", "near", (20, 5, 0), "-1.9"),
        "GATE_FPY": ("gate_first_pass", "up", (60, 85, 100), 100),
        "GATE_FPY_STRICT": ("gate_first_pass_strict", "up", (60, 85, 100), 25),
    }
    for code, (expression, direction, (floor, target, stretch), figure) in pairs.items():
        kpi = KpiFactory(code=code, expression=expression, direction=direction, least_n=1)
        KpiTargetFactory(
            kpi=kpi,
            floor=floor,
            target=target,
            stretch=stretch,
            centre=0 if direction == "near" else None,
        )
        read(kpi, product.team, figure, n=100)
    cpi = KpiFactory(code="CPI", expression="cpi", unit=Unit.RATIO, places=3, least_n=1)
    KpiTargetFactory(kpi=cpi, floor="0.8", target="0.95", stretch="1.1")
    KpiReadingFactory(kpi=cpi, team=product.team, numerator="4.6", denominator="5.3", n=1)
    page = look("teams:kpi-team", product.team_id)
    assert "3.6 % against the current contract" in page
    assert "On budget because work is late: CPI is 0.868." in page
    assert "Without conditions: 25 of 100." in page


def test_a_hidden_team_is_not_found(as_person, outsider, confidential_product):
    read(due_kpi("CSAT"), confidential_product.team, 88)
    client = as_person(outsider)
    for name, args in (
        ("teams:kpi-team", []),
        ("teams:kpi-trend", ["CSAT"]),
        ("teams:kpi-team-file", ["pdf"]),
    ):
        url = reverse(name, args=[confidential_product.team_id, *args])
        assert client.get(url).status_code == 404
    assert confidential_product.code not in client.get(reverse("teams:kpi-heat")).content.decode()


def test_a_board_of_a_team_costs_the_same_at_one_and_at_many(
    as_person, lpdt, product, django_assert_max_num_queries
):
    client, url = as_person(lpdt), reverse("teams:kpi-team", args=[product.team_id])
    read(due_kpi("A"), product.team, 88)
    for code in ("B", "C"):
        with django_assert_max_num_queries(12):
            client.get(url)
        read(due_kpi(code, dimension="time"), product.team, 88)


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
