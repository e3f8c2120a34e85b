"""What KPIs read of groups of teams: kept for what everybody may see, completed for who sees more.

A group's figure is made as its KPI says: a ratio of sums, a sum, a median, the least or the most;
indices and shares are never averaged. A ratio whose denominators sum to nothing has no total.
Teams whose work has ended count in the months in which they were read.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from teams.calculations import medians
from teams.models import Kpi, KpiReading, KpiTotal
from teams.models.kpis import Together
from teams.models.readings import WITH_FIGURE
from teams.queries import readings
from teams.subjects import subjects

Key = tuple[int, date]
COMPANY = ""
TOTALS_LOCK = 7_310_004  # any number, the same for all who recompute
COLUMNS = 'kpi_id, "group", month, together, numerator, denominator, n, teams, middle'
# The figures that stand in these months of these teams, added up by group and for the company.
AGGREGATE = """
WITH subject AS (
    SELECT * FROM unnest(%(teams)s::bigint[], %(groups)s::text[]) AS s(team_id, "group")
), reading AS (
    SELECT kpi_id, team_id, month, numerator, denominator, n, status FROM teams_kpireading AS r
    WHERE kpi_id = ANY(%(kpis)s::bigint[]) AND month BETWEEN %(first)s AND %(last)s
        AND NOT EXISTS (SELECT FROM teams_kpireading AS later WHERE later.supersedes_id = r.id)
    UNION ALL
    SELECT kpi_id, team_id, month, numerator, denominator, n, status
    FROM teams_kpiopenreading AS r
    WHERE kpi_id = ANY(%(kpis)s::bigint[]) AND month BETWEEN %(first)s AND %(last)s
        AND NOT EXISTS (
            SELECT FROM teams_kpireading AS kept
            WHERE kept.team_id = r.team_id AND kept.month = r.month AND kept.kpi_id = r.kpi_id
        )
), added AS (
    SELECT kpi.id AS kpi, coalesce("group", '') AS code, month, together,
        sum(numerator) AS above, sum(denominator) AS below, sum(numerator / denominator) AS whole,
        min(numerator / denominator) AS least, max(numerator / denominator) AS most,
        array_agg(numerator / denominator ORDER BY numerator / denominator)
            FILTER (WHERE together = 'median') AS sorted,
        sum(n) AS n, count(*)::int AS teams
    FROM reading JOIN subject USING (team_id) JOIN teams_kpi AS kpi ON kpi.id = reading.kpi_id
    WHERE reading.status = ANY(%(with_figure)s)
    GROUP BY GROUPING SETS ((kpi.id, month, "group"), (kpi.id, month))
)
SELECT kpi, code, month, together,
    CASE together
        WHEN 'ratio' THEN above
        WHEN 'sum' THEN whole
        WHEN 'median' THEN (sorted[(teams + 1) / 2] + sorted[teams / 2 + 1]) / 2
        WHEN 'least' THEN least
        ELSE most
    END,
    CASE together WHEN 'ratio' THEN below ELSE 1 END,
    n, teams,
    CASE together WHEN 'median'
        THEN sorted[greatest(0, teams / 2 - %(window)s) + 1 : teams / 2 + 1 + %(window)s]
        ELSE '{}'
    END
FROM added WHERE together <> 'ratio' OR below <> 0
"""


def of(
    group: str, first: date, last: date, kpis: Iterable[int] | None = None
) -> dict[Key, KpiTotal]:
    """By KPI and month what the teams that everybody may see read together; one query."""
    rows = KpiTotal.objects.filter(group=group, month__range=(first, last))
    if kpis is not None:
        rows = rows.filter(kpi__in=list(kpis))
    return {(row.kpi_id, row.month): row for row in rows}


def seen_by(
    person, group: str, first: date, last: date, kpis: Iterable[int] | None = None
) -> dict[Key, KpiTotal]:
    """The same with the confidential teams that the person may see; two queries without any."""
    found = of(group, first, last, kpis)
    teams = [row["team"] for row in subjects().confidential_to(person, group=group)]
    if not teams:
        return found
    more: dict[Key, list[KpiReading]] = {}
    for (_team, kpi), rows in readings.history(teams, first, last, kpis).items():
        for row in rows:
            if row.ratio is not None:
                more.setdefault((kpi, row.month), []).append(row)
    cards = Kpi.objects.in_bulk({kpi for kpi, _month in more})
    many = set()
    for key, rows in more.items():
        total = _with(found.get(key), rows, cards[key[0]], group, key[1])
        if total is None:
            many.add(key[0])
        else:
            found[key] = total
    if many:
        found |= _medians(many, teams, group, first, last)
    return {key: total for key, total in found.items() if total.denominator}


def _with(
    total: KpiTotal | None, rows: list[KpiReading], kpi: Kpi, group: str, month: date
) -> KpiTotal | None:
    """A total and some more readings, as one total; None for a median that too many join."""
    parts = [*([total] if total else []), *rows]
    if kpi.together == Together.RATIO:
        numerator = sum((part.numerator for part in parts), Decimal(0))
        denominator = sum((part.denominator for part in parts), Decimal(0))
    elif kpi.together == Together.MEDIAN:
        middle, teams = (total.middle, total.teams) if total else ([], 0)
        numerator = medians.joined(middle, teams, [row.ratio for row in rows])
        denominator = Decimal(1)
    else:
        chosen = {Together.SUM: sum, Together.LEAST: min, Together.MOST: max}
        numerator = chosen[Together(kpi.together)](part.ratio for part in parts)
        denominator = Decimal(1)
    if numerator is None:
        return None
    return KpiTotal(
        kpi_id=kpi.pk,
        group=group,
        month=month,
        together=kpi.together,
        numerator=numerator,
        denominator=denominator,
        n=sum(part.n for part in parts),
        teams=len(rows) + (total.teams if total else 0),
    )


def _medians(
    kpis: set[int], more: list[int], group: str, first: date, last: date
) -> dict[Key, KpiTotal]:
    """Medians that too many join are found again among all rows that the reader may see."""
    by_team = {team: at for team, at in subjects().open_groups().items() if group in (COMPANY, at)}
    by_team |= dict.fromkeys(more, group)
    rows = _aggregate(AGGREGATE, by_team, kpis, first, last)
    names = [name.strip('" ') for name in COLUMNS.split(",")]
    totals = (KpiTotal(**dict(zip(names, row, strict=True))) for row in rows)
    return {(total.kpi_id, total.month): total for total in totals if total.group == group}


@transaction.atomic
def recompute(month: date, kpis: Iterable[int] | None = None) -> None:
    """Add up a month again, for all KPIs or those, set-wise; one after the other.

    Whoever waited for the lock sees the readings of whoever held it.
    """
    ids = list(Kpi.objects.values_list("pk", flat=True) if kpis is None else kpis)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TOTALS_LOCK, month.toordinal()])
    KpiTotal.objects.filter(month=month, kpi__in=ids).delete()
    insert = f"INSERT INTO teams_kpitotal ({COLUMNS}) {AGGREGATE}"
    _aggregate(insert, subjects().open_groups(), ids, month, month)


def _aggregate(
    statement: str, groups: dict[int, str], kpis: Iterable[int], first: date, last: date
) -> list[tuple]:
    values = {
        "teams": list(groups),
        "groups": list(groups.values()),
        "kpis": list(kpis),
        "first": first,
        "last": last,
        "window": medians.WINDOW,
        "with_figure": [status.value for status in WITH_FIGURE],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
