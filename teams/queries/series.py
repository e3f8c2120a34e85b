"""Figures of many teams by month as plain numbers, for who looks at all of them at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ipd.kernel.measures import Unit
from teams.calculations.months import row_of
from teams.models import Kpi, KpiOpenReading, KpiReading
from teams.queries.standing import since

COLUMNS = ("team_id", "kpi_id", "month", "numerator", "denominator", "n")
Key = tuple[int, int]


def of_teams(
    teams: Iterable[int], kpis: dict[int, Kpi], month: date, count: int
) -> dict[Key, list[float | None]]:
    """By team and KPI the figures of `count` months that end with the one that stands.

    Two queries. Left out is what does not stand in `month`, and what has no figure there; of
    too few observations there is none.
    """
    months = row_of(month, count)
    found: dict[Key, dict[date, float | None]] = defaultdict(dict)
    within = {"team__in": list(teams), "kpi__in": list(kpis), "month__range": (months[0], month)}
    # What was entered or kept goes before what is provisional.
    for rows in (KpiOpenReading.objects, KpiReading.objects.current()):
        told = rows.filter(**within).order_by().values_list(*COLUMNS)
        for team, kpi, at, above, below, n in told.iterator(chunk_size=5000):
            found[team, kpi][at] = _figure(kpis[kpi], above, below, n)
    standing = {key: _up_to_the_newest(by_month, months) for key, by_month in found.items()}
    first = {pk: since(kpi, month) for pk, kpi in kpis.items()}
    return {
        key: figures
        for key, (newest, figures) in standing.items()
        if newest >= first[key[1]] and figures[-1] is not None
    }


def _figure(kpi: Kpi, above, below, n: int) -> float | None:
    if not below or 0 < n < kpi.least_n:
        return None
    ratio = float(above) / float(below)
    return 100 * ratio if kpi.unit == Unit.PERCENT else ratio


def _up_to_the_newest(
    by_month: dict[date, float | None], months: list[date]
) -> tuple[date, list[float | None]]:
    newest = max(by_month)
    return newest, [by_month.get(at) for at in months if at <= newest]
