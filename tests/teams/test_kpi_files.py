"""Boards and trends to take away: each file says what its page says, and no more."""

import io
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from teams.queries import totals
from tests.factories.boards import KpiBoardFactory, KpiBoardTileFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory
from tests.factories.people import SeatFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
BEGINNINGS = {"pdf": b"%PDF", "png": b"\x89PNG", "xlsx": b"PK", "svg": b"<svg"}


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def kpi(product):
    kpi = KpiTargetFactory(kpi=KpiFactory(code="CSAT", name="=1+1 满意度")).kpi
    for month, percent in ((8, 84), (9, 86), (10, 88)):
        KpiReadingFactory(
            kpi=kpi,
            team=product.team,
            month=date(2026, month, 1),
            numerator=percent,
            denominator=100,
        )
    totals.recompute(date(2026, 10, 1))
    return kpi


def taken(client, name, *args, **query):
    answer = client.get(reverse(name, args=args, query=query or None))
    assert answer.status_code == 200
    assert answer.content.startswith(BEGINNINGS[args[-1]])
    assert answer["Content-Disposition"].endswith(f'2026-11-22.{args[-1]}"')
    return answer.content


def cells(content):
    sheet = load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_team_s_board_as_a_sheet_keeps_numbers_and_runs_no_text(as_person, lpdt, product, kpi):
    heads, row = cells(taken(as_person(lpdt), "teams:kpi-team-file", product.team_id, "xlsx"))
    said = dict(zip(heads, row, strict=True))
    assert (said["KPI"], said["Figure"], said["Shown"]) == ("CSAT", 88, "88.0 %")
    assert said["Name"] == "=1+1 满意度"
    assert said["State"] == "on target"


def test_every_board_is_taken_away_as_pdf_and_sheet(as_person, lpdt, product, kpi):
    client = as_person(lpdt)
    board = KpiBoardFactory(person=lpdt)
    KpiBoardTileFactory(board=board, kpi=kpi, team=product.team)
    for name, args in (
        ("teams:kpi-board-file", []),
        ("teams:kpi-line-file", [product.line.code]),
        ("teams:kpi-team-file", [product.team_id]),
        ("teams:kpi-own-board-file", [board.pk]),
    ):
        for ending in ("pdf", "xlsx"):
            taken(client, name, *args, ending)


def test_a_trend_is_taken_away_as_picture_paper_and_sheet(as_person, lpdt, product, kpi):
    client = as_person(lpdt)
    for ending in ("svg", "png", "pdf", "xlsx"):
        taken(client, "teams:kpi-trend-file", product.team_id, "CSAT", ending)
        taken(client, "teams:kpi-group-trend-file", "CSAT", ending)
    content = taken(client, "teams:kpi-trend-file", product.team_id, "CSAT", "svg")
    assert "满意度" in "".join(ElementTree.fromstring(content).itertext())
    heads, *rows = cells(taken(client, "teams:kpi-trend-file", product.team_id, "CSAT", "xlsx"))
    assert [row[heads.index("Figure")] for row in rows] == [88, 86, 84]
    assert [row[heads.index("Numerator")] for row in rows] == [88, 86, 84]


def test_amounts_behind_a_ratio_are_left_out_for_who_may_not_see_money(
    as_person, outsider, lpdt, product
):
    kpi = KpiTargetFactory(kpi=KpiFactory(code="CPI", has_amounts=True)).kpi
    KpiReadingFactory(kpi=kpi, team=product.team, numerator=7654321, denominator=8765432)
    args = ["teams:kpi-trend-file", product.team_id, "CPI", "xlsx"]
    assert 7654321 in cells(taken(as_person(lpdt), *args))[1]
    assert 7654321 not in cells(taken(as_person(outsider), *args))[1]
    url = reverse("teams:kpi-trend", args=[product.team_id, "CPI"])
    assert "7,654,321" not in as_person(outsider).get(url).content.decode()


def test_the_map_is_taken_away_as_it_is_narrowed(as_person, lpdt, product, kpi):
    heads, row = cells(taken(as_person(lpdt), "teams:kpi-heat-file", "xlsx"))
    assert heads[-1] == "CSAT"
    assert row[0] == product.code
    assert row[-1] == "● 88.0 %"
    [only_heads] = cells(taken(as_person(lpdt), "teams:kpi-heat-file", "xlsx", q="nobody"))
    assert only_heads[0] == "Team"


def test_the_sheet_of_the_map_holds_all_teams_or_says_that_it_cannot(
    as_person, lpdt, product, confidential_product, kpi, monkeypatch
):
    others = type(confidential_product).objects.filter(pk=confidential_product.pk)
    others.update(is_confidential=False)
    monkeypatch.setattr("teams.queries.heat.AT_ONCE", 1)
    client = as_person(lpdt)
    _heads, *rows = cells(taken(client, "teams:kpi-heat-file", "xlsx"))
    assert {row[0] for row in rows} == {product.code, confidential_product.code}
    monkeypatch.setattr("teams.queries.heat.MOST", 1)
    assert client.get(reverse("teams:kpi-heat-file", args=["xlsx"])).status_code == 409


def test_a_picture_of_what_is_confidential_says_so(as_person, lpdt, confidential_product, kpi):
    SeatFactory(team=confidential_product.team, person=lpdt)
    KpiReadingFactory(kpi=kpi, team=confidential_product.team)
    args = [confidential_product.team_id, "CSAT", "svg"]
    text = taken(as_person(lpdt), "teams:kpi-trend-file", *args).decode()
    assert f"CONFIDENTIAL · {confidential_product.code}" in text


def test_other_endings_are_not_there(as_person, lpdt, product, kpi):
    client = as_person(lpdt)
    for name, args in (
        ("teams:kpi-team-file", [product.team_id, "exe"]),
        ("teams:kpi-board-file", ["svg"]),
        ("teams:kpi-heat-file", ["pdf"]),
        ("teams:kpi-trend-file", [product.team_id, "CSAT", "csv"]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
