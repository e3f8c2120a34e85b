"""A study takes before and after out of what KPIs read of its teams."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.academy_effects import StudyFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.factories.people import TeamFactory

pytestmark = pytest.mark.django_db
WINDOWS = {"before": "2026-01", "after": "2026-07", "months": 2}


@pytest.fixture
def study():
    return StudyFactory(outcome="change", measured="first-pass yield, percent")


@pytest.fixture
def kpi():
    return KpiFactory()


@pytest.fixture
def sent(house, as_person, study, kpi):
    """Send the form as the academy's lead."""

    def send(teams, **more):
        data = {"kpi": kpi.pk, "teams": teams} | WINDOWS | more
        return as_person(house.academy).post(reverse("teams:study-readings", args=[study.pk]), data)

    return send


def team_with(kpi, code, **percents):
    """A team that read these percentages, by month of 2026."""
    team = TeamFactory(code=code)
    for month, percent in percents.items():
        KpiReadingFactory(
            team=team,
            kpi=kpi,
            month=date(2026, int(month[1:]), 1),
            numerator=Decimal(percent),
            denominator=Decimal(100),
        )
    return team


def test_means_of_both_windows_come_in(sent, study, kpi):
    team_with(kpi, "PDT-A", m1=60, m2=70, m3=99, m7=80, m8=90)
    team_with(kpi, "PDT-B", m1=50, m2=50, m7=52)

    assert sent("trained, PDT-A\ncomparison, PDT-B").status_code == 302

    rows = set(study.rows.values_list("arm", "reference", "before", "after"))
    assert rows == {("trained", "PDT-A", 65, 85), ("comparison", "PDT-B", 50, 52)}


def test_a_team_without_a_figure_is_named_and_nothing_comes_in(sent, study, kpi):
    team_with(kpi, "PDT-A", m1=60, m7=80)
    team_with(kpi, "PDT-B", m1=50)

    answer = sent("trained, PDT-A\ncomparison, PDT-B")

    assert answer.status_code == 409
    assert "PDT-B" in answer.content.decode()
    assert not study.rows.exists()


def test_a_hidden_team_is_not_there(sent, study, house):
    code = house.confidential_product.team.code
    answer = sent(f"trained, {code}")
    assert answer.status_code == 409
    assert "Not among the teams you see" in answer.content.decode()


def test_windows_do_not_overlap(sent, kpi):
    team_with(kpi, "PDT-A", m1=60, m7=80)
    assert sent("trained, PDT-A", months=7).status_code == 409


@pytest.mark.parametrize(
    "teams", ["PDT-A", "schooled, PDT-A", "trained,", "trained, PDT-A\ncomparison, PDT-A"]
)
def test_bad_lines_are_named(sent, study, teams):
    answer = sent(teams)
    assert answer.status_code == 422
    assert "teams" in answer.context["reading"].errors
    assert not study.rows.exists()


def test_a_study_of_who_reads_no_kpi(house, as_person, kpi):
    study = StudyFactory()
    team_with(kpi, "PDT-A", m1=60, m7=80)
    url = reverse("teams:study-readings", args=[study.pk])
    data = {"kpi": kpi.pk, "teams": "trained, PDT-A"} | WINDOWS
    assert as_person(house.academy).post(url, data).status_code == 409
    assert "Read a KPI" not in as_person(house.academy).get(study.get_absolute_url()).text


def test_only_who_runs_the_academy_reads(house, as_person, study):
    url = reverse("teams:study-readings", args=[study.pk])
    assert as_person(house.assessor).post(url, {}).status_code == 403
