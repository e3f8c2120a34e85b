"""A team's score: what stands in the month, what is due in the phase, who shares a weight."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from teams.models import Kpi, KpiOpenReading
from teams.queries import scores
from teams.queries.standing import standing
from teams.subjects import subjects
from tests.factories.kpis import (
    KpiFactory,
    KpiReadingFactory,
    KpiTargetFactory,
    KpiWeightFactory,
)

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


@pytest.fixture
def subject(product):
    return subjects().of([product.team_id])[product.team_id]


def due_kpi(**fields):
    return KpiTargetFactory(kpi=KpiFactory(**fields)).kpi


def read(kpi, subject, percent, **fields):
    return KpiReadingFactory(
        kpi=kpi, team_id=subject.team, numerator=percent, denominator=100, **fields
    )


def weigh(subject, **percents):
    for dimension, percent in percents.items():
        KpiWeightFactory(phase=subject.phase, dimension=dimension, percent=percent)


def scored(subject, month=OCTOBER, **options):
    return scores.of_teams([subject], month, **options)[subject.team]


def test_a_dimension_s_weight_is_shared_by_its_kpis_that_are_due(subject):
    weigh(subject, quality=30, time=70)
    one, two, three = due_kpi(), due_kpi(), due_kpi(dimension="time")
    read(one, subject, 85), read(two, subject, 70), read(three, subject, 92)
    found = scored(subject)
    assert {row.kpi.pk: row.weight for row in found.rows} == {
        one.pk: Decimal(15),
        two.pk: Decimal(15),
        three.pk: Decimal(70),
    }
    assert found.figure == (15 * 100 + 15 * 0 + 70 * 120) / Decimal(100)


def test_a_kpi_without_a_target_in_the_phase_counts_nothing_and_is_not_missing(subject):
    weigh(subject, quality=100)
    KpiTargetFactory(kpi=KpiFactory(), phase="SOMEWHERE")
    read(due_kpi(), subject, 85)
    found = scored(subject)
    assert found.figure == 100
    assert found.missing == []


def test_below_seventy_percent_of_the_weight_there_is_no_score(subject):
    weigh(subject, quality=31, time=69)
    read(due_kpi(dimension="time"), subject, 85)
    missing = due_kpi()
    found = scored(subject)
    assert found.figure is None
    assert found.share == Decimal("0.69")
    assert [row.kpi for row in found.missing] == [missing]


def test_what_says_that_it_is_not_due_leaves_its_weight_to_the_others(subject):
    weigh(subject, quality=100)
    silent = due_kpi()
    KpiReadingFactory(
        kpi=silent, team_id=subject.team, numerator=None, denominator=None, status="not_due"
    )
    read(due_kpi(), subject, 85)
    assert scored(subject).figure == 100


def test_what_is_read_at_gates_is_not_missing_before_one_was_held(subject):
    weigh(subject, quality=100)
    due_kpi(cadence="at_gates")
    read(due_kpi(), subject, 85)
    assert scored(subject).missing == []


def test_what_must_not_be_paid_for_is_left_out_of_a_score_that_pays(subject):
    weigh(subject, quality=100)
    read(due_kpi(), subject, 85), read(due_kpi(counts_in_pay=False), subject, 70)
    assert scored(subject).figure == 50
    assert scored(subject, paid_only=True).figure == 100


@pytest.mark.parametrize(
    ("cadence", "month", "stands"),
    [
        ("monthly", date(2026, 10, 1), True),
        ("monthly", date(2026, 9, 1), False),
        ("quarterly", date(2026, 8, 1), True),
        ("quarterly", date(2026, 7, 1), False),
        ("half_yearly", date(2026, 5, 1), True),
        ("at_gates", date(2025, 11, 1), True),
        ("at_gates", date(2025, 10, 1), False),
    ],
)
def test_a_reading_stands_as_long_as_its_cadence_lets_it(subject, cadence, month, stands):
    kpi = due_kpi(cadence=cadence)
    read(kpi, subject, 85, month=month)
    assert bool(standing([subject.team], OCTOBER, [kpi])) is stands


def test_in_the_running_month_the_last_one_still_stands(subject):
    kpi = due_kpi()
    read(kpi, subject, 85)
    [found] = standing([subject.team], NOVEMBER, [kpi]).values()
    assert (found.month, found.is_open) == (OCTOBER, False)


def test_a_provisional_reading_stands_until_somebody_enters_one(subject):
    kpi = due_kpi()
    read(kpi, subject, 70)
    KpiOpenReading.objects.create(
        kpi=kpi,
        team_id=subject.team,
        month=NOVEMBER,
        numerator=85,
        denominator=100,
        status="measured",
    )
    [found] = standing([subject.team], NOVEMBER, [kpi]).values()
    assert (found.figure(kpi), found.is_open) == (85, True)
    read(kpi, subject, 90, month=NOVEMBER)
    [found] = standing([subject.team], NOVEMBER, [kpi]).values()
    assert found.figure(kpi) == 90


def test_a_correction_stands_instead_of_what_it_corrects(subject):
    kpi = due_kpi()
    first = read(kpi, subject, 70)
    read(kpi, subject, 85, supersedes=first)
    [found] = standing([subject.team], OCTOBER, [kpi]).values()
    assert found.figure(kpi) == 85


def test_many_teams_cost_as_many_queries_as_one(
    subject, confidential_product, house, django_assert_num_queries
):
    read(due_kpi(), subject, 85)
    KpiWeightFactory(phase=subject.phase)
    both = list(subjects().of([subject.team, confidential_product.team_id]).values())
    for some in ([subject], both):
        with django_assert_num_queries(5):
            scores.of_teams(some, OCTOBER)
    assert Kpi.objects.count() == 1
