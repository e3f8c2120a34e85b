"""Generated readings are ones that the rules of the database accept, and are added up."""

import pytest

from gates.management.commands.generate import SCALES
from gates.management.generating import kpis, people
from teams.models import Kpi, KpiOpenReading, KpiReading, KpiTotal, KpiWeight

pytestmark = pytest.mark.django_db


def test_every_team_has_two_years_of_readings(process):
    numbers = {**SCALES["small"], "process": process.pk}
    for step in [*people.STEPS, *kpis.STEPS]:
        step.run(numbers)

    assert KpiReading.objects.count() == 50 * kpis.KPIS * kpis.MONTHS
    assert KpiReading.objects.filter(status="missing").exists()
    assert Kpi.objects.count() == kpis.KPIS
    assert KpiOpenReading.objects.count() == 50 * kpis.KPIS / 2
    assert KpiWeight.objects.exists()
    company = KpiTotal.objects.filter(group="").order_by("-month")
    assert {total.teams for total in company} <= set(range(40, 51))
    assert company.count() > kpis.KPIS * kpis.MONTHS
