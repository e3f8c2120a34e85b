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
from teams.models import Kpi, KpiTotal
from teams.models.kpis import Together
from teams.models.readings import WITH_FIGURE
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
    WHERE kpi_id = ANY(%(kpis)s::bigint[]) AND month BETWEEN %(first)s AND %(last)s /*of some*/
        AND NOT EXISTS (SELECT FROM teams_kpireading AS later WHERE later.supersedes_id = r.id)
    UNION ALL
    SELECT kpi_id, team_id, month, numerator, denominator, n, status
    FROM teams_kpiopenreading AS r
    WHERE kpi_id = ANY(%(kpis)s::bigint[]) AND month BETWEEN %(first)s AND %(last)s /*of some*/
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
# The same where the teams are few.
OF_SOME = AGGREGATE.replace("/*of some*/", "AND team_id = ANY(%(teams)s::bigint[])")


def of(
    group: str, first: date, last: date, kpis: Iterable[int] | None = None
) -> dict[Key, KpiTotal]:
    """By KPI and month what the teams that everybody may see read together; one query."""
    return _kept(KpiTotal.objects.defer("middle"), group, first, last, kpis)


def _kept(rows, group: str, first: date, last: date, kpis: Iterable[int] | None) -> dict:
    rows = rows.filter(group=group, month__range=(first, last))
    if kpis is not None:
        rows = rows.filter(kpi__in=list(kpis))
    return {(row.kpi_id, row.month): row for row in rows}


def seen_by(
    person, group: str, first: date, last: date, kpis: Iterable[int] | None = None
) -> dict[Key, KpiTotal]:
    """The same with the confidential teams that the person may see; two queries without any."""
    teams = [row["team"] for row in subjects().confidential_to(person, group=group)]
    if not teams:
        return of(group, first, last, kpis)
    found = _kept(KpiTotal.objects.all(), group, first, last, kpis)
    ids = list(Kpi.objects.values_list("pk", flat=True) if kpis is None else kpis)
    many = set()
    theirs = _added_up(OF_SOME, dict.fromkeys(teams, group), group, ids, first, last)
    for key, more in theirs.items():
        total = _with(found[key], more) if key in found else more
        if total is None:
            many.add(key[0])
        else:
            found[key] = total
    if many:
        # A median that too many join is found again among all rows that the reader may see.
        groups = {team: at for team, at in subjects().open_groups().items() if group in ("", at)}
        groups |= dict.fromkeys(teams, group)
        found |= _added_up(AGGREGATE, groups, group, many, first, last)
    return {key: total for key, total in found.items() if total.denominator}


def _with(total: KpiTotal, more: KpiTotal) -> KpiTotal | None:
    """Two totals of one KPI and month as one; None for a median that too many join."""
    numerator, denominator = total.numerator + more.numerator, Decimal(1)
    if total.together == Together.RATIO:
        denominator = total.denominator + more.denominator
    elif total.together == Together.MEDIAN:
        numerator = None
        if len(more.middle) == more.teams:
            numerator = medians.joined(total.middle, total.teams, more.middle)
    elif total.together != Together.SUM:
        chosen = min if total.together == Together.LEAST else max
        numerator = chosen(total.numerator, more.numerator)
    if numerator is None:
        return None
    return KpiTotal(
        kpi_id=total.kpi_id,
        group=total.group,
        month=total.month,
        together=total.together,
        numerator=numerator,
        denominator=denominator,
        n=total.n + more.n,
        teams=total.teams + more.teams,
    )


def _added_up(
    statement: str, groups: dict, group: str, kpis: Iterable[int], first: date, last: date
) -> dict[Key, KpiTotal]:
    """What these teams read together, by KPI and month."""
    names = [name.strip('" ') for name in COLUMNS.split(",")]
    rows = _aggregate(statement, groups, kpis, first, last)
    totals = (KpiTotal(**dict(zip(names, row, strict=True))) for row in rows)
    return {(one.kpi_id, one.month): one for one in totals if one.group == group}


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
