"""Who reads a KPI is reminded when its month is over, and once more before it is closed."""

from datetime import date

import pytest
from time_machine import travel

from ipd.kernel.models import Notice, OutboxMessage
from teams import periodic
from teams.actions import months, reminders
from teams.models import KpiMonth
from tests.factories import FunctionFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


def due(code, function, **fields):
    kpi = KpiFactory(code=code, name=code, owner=FunctionFactory(code=function), **fields)
    KpiTargetFactory(kpi=kpi, phase="PLAN")
    return kpi


def told(person):
    return [notice.text for notice in Notice.objects.filter(person=person).order_by("pk")]


def test_each_is_told_what_their_function_reads(product, core_member, lpdt, pqa):
    due("DEF", "RD"), due("CSAT", "MKT"), due("TRACE", "RD", expression="trace_coverage")
    KpiReadingFactory(kpi=due("AUDIT", "QA"), team=product.team, month=OCTOBER)

    with travel("2026-11-02T12:00:00+00:00", tick=False):
        reminders.remind()

    assert told(core_member) == [
        f"{product.code} {product.name}, to be read for 2026-10: DEF",
    ]
    assert told(lpdt) == [f"{product.code} {product.name}, to be read for 2026-10: CSAT"]
    assert told(pqa) == []
    assert not OutboxMessage.objects.exists()


def test_before_the_month_is_closed_a_mail_goes_out(product, core_member):
    for number in range(5):
        due(f"K{number}", "RD")

    with travel("2026-11-05T12:00:00+00:00", tick=False):
        reminders.remind()
        reminders.remind()

    assert told(core_member) == [
        f"{product.code} {product.name}, 2026-10 is closed on 2026-11-09 and lacks: "
        "K0, K1, K2 and 2 more"
    ]
    assert OutboxMessage.objects.filter(recipient=core_member).count() == 1
    assert Notice.objects.get(person=core_member).link.endswith("readings/?month=2026-10")


def test_a_month_that_ended_on_a_weekend_waits_for_a_working_day(product, core_member):
    due("DEF", "RD")

    assert reminders.remind(date(2026, 11, 1)) == 0


def test_a_closed_month_reminds_of_nothing(product):
    due("DEF", "RD")
    KpiMonth.objects.create(month=OCTOBER)

    assert reminders.remind(date(2026, 11, 5)) == 0


def test_the_clock_closes_a_month_when_its_day_has_come(product):
    KpiMonth.objects.create(month=date(2026, 9, 1))
    kpi = due("DEF", "RD")

    with travel("2026-11-08T12:00:00+00:00", tick=False):
        assert periodic.close_months() == 0
    with travel("2026-11-09T12:00:00+00:00", tick=False):
        assert periodic.close_months() == 1
        assert periodic.close_months() == 0
        assert periodic.remind_of_readings() == 0

    assert months.closes_on(OCTOBER) == date(2026, 11, 9)
    assert product.team.readings.get(kpi=kpi).status == "missing"


def test_a_clock_that_stood_still_closes_one_month_after_the_other(product):
    KpiMonth.objects.create(month=date(2026, 8, 1))

    with travel("2026-11-20T12:00:00+00:00", tick=False):
        assert periodic.close_months() == 2
        assert periodic.read_open_months() == 0
