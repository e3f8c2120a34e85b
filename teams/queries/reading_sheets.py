"""What a team's sheet of readings stands on: KPIs, what is kept, what is due and closed."""

from dataclasses import dataclass
from datetime import date

from teams.calculations.months import last_day
from teams.models import Kpi, KpiMonth, KpiReading
from teams.queries import readings, targets
from teams.subjects import Subject


@dataclass(frozen=True)
class Ground:
    """By KPI and month what stands; `kpis` are those that are due, or were read in the months."""

    kpis: list[Kpi]
    found: dict[tuple[int, date], KpiReading]
    due: frozenset[int]
    closed: frozenset[date]


def ground(subject: Subject, months: list[date]) -> Ground:
    """Five queries."""
    aims = targets.on(last_day(months[-1]))
    rows = readings.history([subject.team], months[0], months[-1])
    found = {(kpi, row.month): row for (_team, kpi), each in rows.items() for row in each}
    read = {kpi for kpi, _month in found}
    kpis = list(Kpi.objects.select_related("owner").order_by("order", "code"))
    due = frozenset(kpi.pk for kpi in kpis if aims.is_due(kpi, subject.phase))
    closed = KpiMonth.objects.filter(month__in=months).values_list("month", flat=True)
    return Ground([k for k in kpis if k.pk in due | read], found, due, frozenset(closed))
