"""Boards of teams and groups: what a tile says, what it does not, and what it costs."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from ipd.kernel.measures import Unit
from teams.models import KpiOpenReading
from teams.subjects import Mark
from tests.factories.kpis import (
    KpiFactory,
    KpiReadingFactory,
    KpiTargetFactory,
    KpiWeightFactory,
)
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
