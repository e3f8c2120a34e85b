"""The demonstration company's plans: Borealis 400 ends on day 80, others near their days."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ipd.calculations.working_time import minute_of
from ipd.kernel.measures import MEASURES
from ipd.kernel.tables import files, importing
from ipd.models import Activity, Plan
from ipd.queries import plan_agreement, working_times

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[3] / "ipd" / "demo" / "norvane"
DAY = date(2026, 11, 22)


def plan_of(code):
    return Plan.objects.select_related("calendar", "product").get(product__code=code)


def test_it_comes_in_twice_without_a_change(norvane):
    again = importing.run(files.open_folder(FOLDER), as_of=DAY)

    changed = {tally.table.name: tally.changes for tally in again.tallies if tally.changes}
    assert (again.total("added"), changed) == (0, {})


def test_borealis_ends_on_day_80_by_way_of_its_supplier():
    plan = plan_of("P01")
    clock = working_times.working_time(plan.calendar)

    assert plan.finishes_at == datetime(2027, 3, 12, 17, 0, tzinfo=UTC)
    assert clock.between(minute_of(plan.starts_at), minute_of(plan.finishes_at)) == 80 * 480
    critical = plan.activities.filter(is_critical=True, minutes__gt=0).exclude(kind="summary")
    assert list(critical.values_list("code", flat=True)) == ["A6", "A7", "A9", "A11", "A12"]
    agreement = plan_agreement.of(plan)
    assert agreement.agreeing == agreement.total == 18
    grouped = plan.activities.exclude(group="").values_list("code", flat=True)
    assert list(grouped) == ["A1", "A3", "A4"]
    estimated = plan.activities.exclude(optimistic_minutes=None)
    assert estimated.count() == 12
    assert estimated.filter(owner=None).count() == estimated.filter(function=None).count() == 0


def test_borealis_keeps_its_three_contracts():
    baselines = plan_of("P01").baselines.order_by("number")

    assert [b.finish_at.date().isoformat() for b in baselines] == [
        "2026-09-30",
        "2026-12-18",
        "2027-02-26",
    ]


@pytest.mark.parametrize(
    ("code", "contract"),
    [("P03", "2027-06-01"), ("P04", "2028-03-01"), ("P05", "2027-08-30"), ("P10", "2027-03-01")],
)
def test_the_others_end_within_a_month_before_their_day(code, contract):
    late = date.fromisoformat(contract) - plan_of(code).finishes_at.date()

    assert 0 <= late.days <= 31


def test_a_gate_is_not_before_its_meeting():
    gates = Activity.objects.filter(kind="gate", plan__product__code="P10")

    assert {g.gate: g.start_on.isoformat() for g in gates} == {
        "TR6": "2026-12-14",
        "ADCP": "2027-01-28",
    }


def test_the_measures_of_a_plan():
    plan = plan_of("P01")
    readings = {
        key: MEASURES[key].compute([plan.product_id], DAY, DAY)[plan.product_id]
        for key in ("plan_finish", "plan_linked", "plan_three_point", "plan_owned")
    }

    assert date.fromordinal(int(readings["plan_finish"].ratio)) == date(2027, 3, 12)
    found = {key: (reading.numerator, reading.n) for key, reading in readings.items()}
    assert found["plan_linked"] == (15, 15)
    assert found["plan_three_point"] == (12, 12)
    assert found["plan_owned"] == (15, 15)
