"""What Norvane's boards say on 2026-11-22: domain reference §4.4, §10.3 and §10.5."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import Person, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def look():
    client = Client()
    client.force_login(Person.objects.get(code="E12"), backend="teams.accounts.SignInBackend")

    def page(name, *args, **query):
        answer = client.get(reverse(name, args=args, query=query or None))
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return page


def team(code):
    return Team.objects.get(code=f"PDT-{code}").pk


def tile(page, code):
    """What the tile of a KPI says, without its marks."""
    found = re.search(rf'<li class="tile"[^>]*id="kpi-\d+-{code}".*?</li>', page)
    return re.sub(r"<[^>]+>", " ", found[0])


def test_the_portfolio_s_index_is_a_ratio_of_sums_and_not_the_mean(look):
    page = look("teams:kpi-group-trend", "CPI")
    assert "The figure is 0.891" in page
    assert "would be 0.970" in page
    assert "35,300,000 ÷ 39,600,000" in page
    assert "0.912" in tile(look("teams:kpi-board", all=1), "SPI")


def test_first_pass_yield_of_the_company_and_its_lines(look):
    company = look("teams:kpi-board", all=1)
    assert "88.0 %" in tile(company, "GATE_FPY")
    assert "Without conditions: 12 of 25." in tile(company, "GATE_FPY")
    assert "73.9 %" in tile(company, "GATE_OT")
    assert "88.9 %" in tile(look("teams:kpi-line", "OPT"), "GATE_FPY")
    assert "77.8 %" in tile(look("teams:kpi-line", "RAN"), "GATE_FPY")


def test_trap_one_the_contract_that_was_granted_hides_the_one_that_was_signed(look):
    said = tile(look("teams:kpi-team", team("P01")), "SCH_DEV")
    assert "28.9 %" in said
    assert "3.6 % against the current contract" in said


def test_trap_two_on_budget_because_work_is_late(look):
    said = tile(look("teams:kpi-team", team("P05")), "RND_DEV")
    assert "-1.9 %" in said
    assert "On budget because work is late: CPI is 0.868." in said


def test_trap_three_passed_but_not_clean(look):
    said = tile(look("teams:kpi-team", team("P05")), "GATE_FPY")
    assert "4 of 4" in said
    assert "Without conditions: 1 of 4." in said


def test_what_is_missing_and_what_was_estimated_is_shown(look):
    page = look("teams:kpi-trend", team("P05"), "CSAT", month="2026-10")
    assert re.search(r"2026-02</a></th>.{0,400}?missing", page)
    page = look("teams:kpi-trend", team("P01"), "READY", month="2026-10")
    assert re.search(r"2026-09</a></th>.{0,400}?missing", page)


def test_early_returns_are_called_out(look):
    lmt = Team.objects.get(code="LMT-P06").pk
    assert "three times worse in a row" in tile(look("teams:kpi-team", lmt), "Q_EARLY")
