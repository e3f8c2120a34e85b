"""The reading that stands in a month: the newest one, for as long as its cadence lets it hold."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ipd.kernel.days import today
from teams.calculations.months import month_of, shifted
from teams.models import Kpi, KpiReading
from teams.models.kpis import Cadence

# A figure is read once in so many months; at gates, when a gate has been held.
HOLDS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.AT_GATES: 12,
}


def is_open(month: date) -> bool:
    """The month that is running: what is entered for it may still come."""
    return month >= month_of(today())


def since(kpi: Kpi, month: date) -> date:
    """The first month whose reading of the KPI still stands in `month`."""
    months = HOLDS[Cadence(kpi.cadence)] + is_open(month)
    return shifted(month, 1 - months)


def standing(
    teams: Iterable[int], month: date, kpis: Iterable[Kpi]
) -> dict[tuple[int, int], KpiReading]:
    """By team and KPI the reading that stands in the month, in one query."""
    by_first: dict[date, list[int]] = {}
    for kpi in kpis:
        by_first.setdefault(since(kpi, month), []).append(kpi.pk)
    holds = Q()
    for first, ids in by_first.items():
        holds |= Q(kpi__in=ids, month__gte=first, month__lte=month)
    if not holds:
        return {}
    rows = (
        KpiReading.objects.current()
        .filter(holds, team__in=list(teams))
        .order_by("team", "kpi", "-month")
        .distinct("team", "kpi")
    )
    return {(row.team_id, row.kpi_id): row for row in rows}
