"""The reading that stands in a month: the newest one, for as long as its cadence lets it hold."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from ipd.kernel.days import today
from teams.calculations.months import month_of, shifted
from teams.models import Kpi, KpiOpenReading, KpiReading
from teams.models.kpis import Cadence

# A figure is read once in so many months; at gates, when a gate has been held.
HOLDS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.AT_GATES: 12,
}
LONGEST = max(HOLDS.values()) + 1  # months back in which a standing reading may be found
AnyReading = KpiReading | KpiOpenReading


def is_running(month: date) -> bool:
    """The month is not over: what is entered for it may still come."""
    return month >= month_of(today())


def since(kpi: Kpi, month: date) -> date:
    """The first month whose reading of the KPI still stands in `month`."""
    return shifted(month, 1 - HOLDS[Cadence(kpi.cadence)] - is_running(month))


def of_rows(rows: Sequence[AnyReading], kpi: Kpi, month: date) -> AnyReading | None:
    """Of readings at hand, oldest first, the one that stands in the month; no query."""
    first = since(kpi, month)
    return next((row for row in reversed(rows) if first <= row.month <= month), None)


def standing(
    teams: Iterable[int], month: date, kpis: Iterable[Kpi]
) -> dict[tuple[int, int], AnyReading]:
    """By team and KPI the reading that stands in the month; two queries.

    What was entered or kept goes before what is provisional in the same month.
    """
    by_first: dict[date, list[int]] = {}
    for kpi in kpis:
        by_first.setdefault(since(kpi, month), []).append(kpi.pk)
    holds = Q()
    for first, ids in by_first.items():
        holds |= Q(kpi__in=ids, month__gte=first, month__lte=month)
    if not holds:
        return {}
    within = Q(team__in=list(teams), month__range=(min(by_first), month))
    wanted, newest = within & holds, ("team_id", "kpi_id", "-month")
    provisional = (
        KpiOpenReading.objects.filter(wanted).order_by(*newest).distinct("team_id", "kpi_id")
    )
    kept = (
        KpiReading.objects.current().filter(wanted).order_by(*newest).distinct("team_id", "kpi_id")
    )
    found: dict[tuple[int, int], AnyReading] = {}
    for row in provisional:
        row.is_open = True
        found[row.team_id, row.kpi_id] = row
    for row in kept:
        other = found.get((row.team_id, row.kpi_id))
        if other is None or other.month <= row.month:
            row.is_open = is_running(row.month)
            found[row.team_id, row.kpi_id] = row
    return found
