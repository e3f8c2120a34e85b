"""Approvals, what is missing, and months: pages for all teams, and the jobs they start."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from time_machine import travel

from ipd.kernel.actions import jobs
from ipd.kernel.models import Job, Notice
from ipd.kernel.models.jobs import JobState
from teams.actions import readings
from teams.actions.readings import Entry
from teams.models import KpiMonth
from tests.factories import RightFactory, RoleFactory, SeatFactory, TeamFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory

pytestmark = pytest.mark.django_db
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def kpi(db):
    kpi = KpiFactory(code="CSAT", name="Customer satisfaction")
    KpiTargetFactory(kpi=kpi)
    return kpi


@pytest.fixture
def team(product):
    return product.team


def test_another_person_approves_on_the_list(kpi, team, as_person, core_member, lpdt):
    made = KpiReadingFactory(kpi=kpi, team=team, entered_by=core_member)
    url = reverse("teams:kpi-approvals")

    assert "Customer satisfaction" not in as_person(core_member).get(url).content.decode()
    assert as_person(core_member).post(url, {"chosen": made.pk}).status_code == 409
    client = as_person(lpdt)
    assert "Customer satisfaction" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 409
    assert client.post(url, {"chosen": made.pk}).status_code == 302

    assert made.approval.by == lpdt
    assert "Customer satisfaction" not in client.get(url).content.decode()


def test_who_may_approve_is_told_once_a_day(kpi, team, core_member, lpdt, pqa):
    for month in (OCTOBER, NOVEMBER):
        entry = Entry(kpi.pk, month, Decimal(66), Decimal(75), n=75)
        readings.enter(team, [entry], by=core_member)

    told = Notice.objects.filter(dedupe_key__startswith="kpi-approval")
    assert {notice.person for notice in told} == {lpdt, pqa}


def test_what_is_missing_is_listed_by_team(kpi, team, product, as_person, lpdt):
    computed = KpiFactory(code="TRACE", expression="trace_coverage")
    KpiTargetFactory(kpi=computed)
    client, url = as_person(lpdt), reverse("teams:kpi-collect")

    page = client.get(url, {"month": "2026-10", "whose": "mine"}).content.decode()
    assert product.code in page
    assert "CSAT" in page
    assert "TRACE" in page
    KpiReadingFactory(kpi=kpi, team=team)
    assert (
        ">CSAT<"
        not in client.get(url, {"month": "2026-10"})
        .content.decode()
        .split(product.code)[1]
        .split("</tr>")[0]
    )


@pytest.fixture
def irb_secretary(process):
    role = RoleFactory(code="IRBSEC")
    RightFactory(act="edit_kpis", role=role, seated_in="body", body_kind="IRB")
    return SeatFactory(team=TeamFactory(kind="IRB"), role=role).person


def test_a_month_is_closed_as_a_job(kpi, as_person, irb_secretary, secretary):
    url = reverse("teams:kpi-month-closing")
    assert as_person(secretary).post(url).status_code == 403
    client = as_person(irb_secretary)
    assert "Close 2026-10 now" in client.get(reverse("teams:kpi-months")).content.decode()

    assert client.post(url).status_code == 302

    job = Job.objects.get()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert KpiMonth.objects.get().closed_by == irb_secretary
    assert client.post(url).status_code == 409  # November is not over


def test_the_open_months_are_read_as_a_job(as_person, irb_secretary, house):
    KpiFactory(expression="role_coverage")
    as_person(irb_secretary).post(reverse("teams:kpi-month-reading"))

    jobs.run(str(Job.objects.get().pk))

    assert Job.objects.get().state == JobState.DONE
    assert house.product.team.open_readings.exists()
