"""Readings of teams by month: those that no correction superseded, and the provisional ones."""

from collections.abc import Iterable
from datetime import date

from django.db.models import BigIntegerField, BooleanField, F, QuerySet, Value
from django.db.models.functions import Cast

from ipd.kernel.days import today
from teams.calculations.months import month_of
from teams.models import Kpi, KpiOpenReading, KpiReading
from teams.models.readings import Source

Key = tuple[int, int]
FIELDS = tuple(field.attname for field in KpiReading._meta.concrete_fields)
NOBODY = Cast(Value(None), BigIntegerField())
# What a provisional reading does not have.
LACKING = {
    "id": NOBODY,
    "source": Value(Source.COMPUTED.value),
    "entered_by_id": NOBODY,
    "supersedes_id": NOBODY,
}


def history(
    teams: Iterable[int], first: date, last: date, kpis: Iterable[int] | None = None
) -> dict[Key, list[KpiReading]]:
    """By team and KPI the readings of these months, the oldest first; one query.

    A month that is not closed has provisional ones of computed KPIs; `is_open` says so, and of
    everything in the month that is running. What was entered goes before what is provisional.
    `approved_by_id` is known of each without another query.
    """
    within = {"team__in": list(teams), "month__range": (first, last)}
    if kpis is not None:
        within["kpi__in"] = list(kpis)
    kept = _columns(
        KpiReading.objects.current().filter(**within),
        approver=F("approval__by"),
        was_open=Value(False, BooleanField()),
    )
    provisional = _columns(
        KpiOpenReading.objects.filter(**within),
        lacking=LACKING,
        approver=NOBODY,
        was_open=Value(True, BooleanField()),
    )
    found: dict[Key, dict[date, KpiReading]] = {}
    running = month_of(today())
    # Kept ones come last, and so stand where there are both.
    rows = kept.union(provisional, all=True).order_by("month", "-was_open")
    for *values, approved_by, was_open in rows:
        reading = KpiReading.from_db(rows.db, FIELDS, values)
        reading.approved_by_id = approved_by
        reading.is_open = was_open or reading.month >= running
        found.setdefault((reading.team_id, reading.kpi_id), {})[reading.month] = reading
    return {key: list(by_month.values()) for key, by_month in found.items()}


def _columns(rows: QuerySet, *, lacking: dict | None = None, **more) -> QuerySet:
    """A reading's columns from either table, and what is known beside them."""
    columns = [(lacking or {}).get(name, name) for name in FIELDS]
    return rows.order_by().annotate(**more).values_list(*columns, *more)


def at(
    teams: Iterable[int], month: date, kpis: Iterable[int] | None = None
) -> dict[Key, KpiReading]:
    """By team and KPI the reading of one month; one query."""
    return {key: rows[-1] for key, rows in history(teams, month, month, kpis).items()}


def chain(reading: KpiReading) -> list[KpiReading]:
    """All that was ever read of this KPI, team and month: the newest first; one query."""
    rows = KpiReading.objects.filter(
        kpi=reading.kpi_id, team=reading.team_id, month=reading.month
    ).select_related("entered_by", "approval__by")
    return sorted(rows, key=lambda row: row.pk, reverse=True)


def entered_kpis() -> list[Kpi]:
    """The KPIs that people read, in the order of the catalogue."""
    return list(Kpi.objects.active().filter(expression="").select_related("owner"))
