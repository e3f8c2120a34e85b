"""Several people at the same moment: one reading, one approval, totals that miss nobody."""

from datetime import date
from decimal import Decimal

import pytest
from time_machine import travel

from ipd.kernel.access import Refused
from teams.actions import months, readings
from teams.actions.readings import Entry
from teams.models import KpiApproval, KpiMonth, KpiReading
from teams.queries import totals
from tests.factories import PersonFactory, ProductFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory
from tests.races import HANDS, at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


def entry(kpi, number=0):
    return Entry(kpi.pk, OCTOBER, Decimal(number), Decimal(10), n=10)


def test_of_many_who_enter_the_same_one_is_kept(house):
    kpi, team = KpiFactory(), house.product.team
    people = [PersonFactory() for _hand in range(HANDS)]

    done, refused = at_once(
        by_hands(lambda hand: readings.enter(team, [entry(kpi, hand)], by=people[hand])),
        refusals=Refused,
    )

    assert (len(done), len(refused)) == (1, HANDS - 1)
    (kept,) = KpiReading.objects.all()
    assert totals.of("", OCTOBER, OCTOBER)[kpi.pk, OCTOBER].numerator == kept.numerator


def test_totals_miss_no_team(house):
    kpi = KpiFactory()
    teams = [ProductFactory(line=house.line).team for _hand in range(HANDS)]

    at_once(by_hands(lambda hand: readings.enter(teams[hand], [entry(kpi, hand)], by=house.lpdt)))

    found = totals.of("", OCTOBER, OCTOBER)[kpi.pk, OCTOBER]
    assert (found.teams, found.numerator) == (HANDS, sum(range(HANDS)))


def test_a_reading_is_approved_once(house):
    reading = KpiReadingFactory(team=house.product.team)
    people = [PersonFactory() for _hand in range(HANDS)]

    done, refused = at_once(
        by_hands(lambda hand: readings.approve([reading], by=people[hand])), refusals=Refused
    )

    assert (len(done), len(refused)) == (1, HANDS - 1)
    assert KpiApproval.objects.count() == 1


def test_a_month_is_closed_once(house):
    KpiTargetFactory(kpi=KpiFactory())
    KpiMonth.objects.create(month=date(2026, 9, 1))

    done, refused = at_once(by_hands(lambda _hand: months.close(OCTOBER), 4), refusals=Refused)

    assert (len(done), len(refused)) == (1, 3)
    assert KpiReading.objects.filter(team=house.product.team).count() == 1
