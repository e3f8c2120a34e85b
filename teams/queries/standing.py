"""The reading that stands in a month: the newest one, for as long as its cadence lets it hold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from ipd.kernel.days import today
from teams.calculations.months import month_of, shifted
from teams.models import Kpi, KpiOpenReading, KpiReading
from teams.models.kpis import Cadence
from teams.models.readings import Figured

Key = tuple[int, int]  # team, KPI
# A figure is read once in so many months; at gates, when a gate has been held.
HOLDS = {
    Cadence.MONTHLY: 1,
    Cadence.QUARTERLY: 3,
    Cadence.HALF_YEARLY: 6,
    Cadence.AT_GATES: 12,
}
LONGEST = max(HOLDS.values()) + 1  # months back in which a standing reading may be found
COLUMNS = ("team_id", "kpi_id", "month", "numerator", "denominator", "n", "status", "as_of")


@dataclass(frozen=True, slots=True)
class Standing(Figured):
    """What stands: as much of a reading as a figure needs."""

    team_id: int
    kpi_id: int
    month: date
    numerator: Decimal | None
    denominator: Decimal | None
    n: int
    status: str
    as_of: date | None
    is_open: bool


AnyReading = Standing | KpiReading | KpiOpenReading


def is_running(month: date) -> bool:
    """The month is not over: what is entered for it may still come."""
    return month >= month_of(today())


def since(kpi: Kpi, month: date) -> date:
    """The first month whose reading of the KPI still stands in `month`."""
    return shifted(month, 1 - HOLDS[Cadence(kpi.cadence)] - is_running(month))


def of_rows(rows: Sequence[KpiReading], kpi: Kpi, month: date) -> KpiReading | None:
    """Of readings at hand, oldest first, the one that stands in the month; no query."""
    first = since(kpi, month)
    return next((row for row in reversed(rows) if first <= row.month <= month), None)


def standing(
    teams: Iterable[int], month: date, kpis: Iterable[Kpi]
) -> dict[Key, KpiReading | KpiOpenReading]:
    """By team and KPI the reading that stands in the month; two queries.

    What was entered or kept goes before what is provisional in the same month.
    """
    found: dict[Key, KpiReading | KpiOpenReading] = {}
    for rows, is_kept in _newest(teams, month, kpis):
        for row in rows:
            row.is_open = not is_kept or is_running(row.month)
            other = found.get((row.team_id, row.kpi_id))
            if other is None or other.month <= row.month:
                found[row.team_id, row.kpi_id] = row
    return found


def plain(teams: Iterable[int], month: date, kpis: Iterable[Kpi]) -> dict[Key, Standing]:
    """The same with as much as figures need, in half the time: for pages of hundreds of them."""
    found: dict[Key, Standing] = {}
    running = month_of(today())
    for rows, is_kept in _newest(teams, month, kpis):
        for values in rows.values_list(*COLUMNS):
            row = Standing(*values, not is_kept or values[2] >= running)
            other = found.get((row.team_id, row.kpi_id))
            if other is None or other.month <= row.month:
                found[row.team_id, row.kpi_id] = row
    return found


def _newest(
    teams: Iterable[int], month: date, kpis: Iterable[Kpi]
) -> Iterator[tuple[QuerySet, bool]]:
    """The newest row of each team and KPI that may stand: of provisional ones, then of kept."""
    by_first: dict[date, list[int]] = {}
    for kpi in kpis:
        by_first.setdefault(since(kpi, month), []).append(kpi.pk)
    holds = Q()
    for first, ids in by_first.items():
        holds |= Q(kpi__in=ids, month__gte=first, month__lte=month)
    if not holds:
        return
    wanted = Q(team__in=list(teams), month__range=(min(by_first), month)) & holds
    for rows in (KpiOpenReading.objects.all(), KpiReading.objects.current()):
        ordered = rows.filter(wanted).order_by("team_id", "kpi_id", "-month")
        yield ordered.distinct("team_id", "kpi_id"), rows.model is KpiReading
