"""A plan's dates: meetings of gates, holidays, calendars of resources, calendars without work."""

from datetime import UTC, date, datetime

import pytest

from ipd.actions import activities, plans
from ipd.kernel.access import Refused
from ipd.models import Activity
from ipd.queries import networks
from tests.factories.plans import (
    ActivityFactory,
    AssignmentFactory,
    CalendarFactory,
    ExceptionFactory,
    LinkFactory,
    ResourceFactory,
)
from tests.ipd.planning import days

pytestmark = pytest.mark.django_db


def test_a_gate_waits_for_its_meeting(chain, plan, monkeypatch):
    told = {"PDCP": date(2026, 12, 24), "TR6": date(2026, 11, 24)}
    monkeypatch.setattr(networks, "GATE_DAYS", [lambda product: told])
    pdcp = ActivityFactory(plan=plan, kind="gate", gate="PDCP", minutes=0)
    tr6 = ActivityFactory(plan=plan, kind="gate", gate="TR6", minutes=0)
    LinkFactory(predecessor=chain[0], successor=pdcp)
    LinkFactory(predecessor=chain[0], successor=tr6)
    plans.reschedule(plan)

    assert days(pdcp)[0] == "12-24"
    assert days(tr6)[0] == "11-27"


def test_holidays_and_calendars_of_resources_count(chain, plan):
    sweden = CalendarFactory(code="SE", name="Sweden", country="SE")
    ExceptionFactory(calendar=sweden, first=date(2026, 11, 24), last=date(2026, 11, 25))
    assigned = AssignmentFactory(
        activity=chain[0], resource=ResourceFactory(plan=plan, calendar=sweden)
    )
    plans.reschedule(plan)
    assert days(chain[0]) == ("11-23", "12-01")

    assigned.delete()
    plan.calendar = sweden
    plan.starts_at = datetime(2026, 12, 21, 8, 0, tzinfo=UTC)
    plan.save()
    plans.reschedule(plan)
    assert days(chain[0]) == ("12-21", "12-28")  # Christmas Day is a Friday


def test_a_calendar_without_work_is_refused_by_name(chain, plan, lpdt):
    never = CalendarFactory(code="NEVER", name="Never", hours=[[]] * 7)

    with pytest.raises(Refused, match="no working time"):
        activities.change(chain[0], by=lpdt, seen_version=1, calendar=never)


def test_a_plan_begins_once(product, lpdt):
    plan = plans.begin(product, by=lpdt)

    assert (plan.version, plan.calendar.code) == (1, "STANDARD")
    assert Activity.objects.filter(plan=plan).count() == 0
    with pytest.raises(Refused, match="has a plan"):
        plans.begin(product, by=lpdt)
