"""KPIs of each product's team: 42 over two years, five million readings at group scale.

The catalogue is made only where there is none; readings are of its first KPIs, in its order.
"""

from django.db import connection

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from ipd.kernel.days import today
from teams.calculations.months import month_of, row_of
from teams.models import (
    Kpi,
    KpiMonth,
    KpiOpenReading,
    KpiReading,
    KpiTarget,
    KpiTotal,
    KpiWeight,
)
from teams.models.readings import Source
from teams.queries import totals

KPIS, MONTHS = 42, 24
CATALOGUE = "NOT EXISTS (SELECT FROM teams_kpi WHERE source <> 'generated')"
DIMENSIONS = "ARRAY['time', 'customer', 'cost', 'quality', 'capability']"
MONTH = "(date_trunc('month', current_date) - make_interval(months => m))::date"
READ = f"""(SELECT id, "order", row_number() OVER (ORDER BY "order", code) AS k FROM teams_kpi
    WHERE is_active ORDER BY "order", code LIMIT {KPIS}) AS kpi"""
# One in a hundred is missing; the figures rise and fall between 40 and 99 of a hundred.
MISSING = "(p.n * 7 + kpi.k * 13 + m) %% 101 = 0"
FIGURE = {
    "numerator": f"CASE WHEN {MISSING} THEN NULL "
    "ELSE 40 + ((p.n * 31 + kpi.k * 17) %% 47 + (m * (1 + p.n %% 3)) %% 13) END",
    "denominator": f"CASE WHEN {MISSING} THEN NULL ELSE 100 END",
    "n": f"CASE WHEN {MISSING} THEN 0 ELSE 100 END",
    "status": f"CASE WHEN {MISSING} THEN 'missing' ELSE 'measured' END",
}


class Readings(Fill):
    """Five million rows: their references are right by construction and are not looked up each."""

    def run(self, numbers):
        with connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            trusted = cursor.fetchone() == ("on",)
            if trusted:
                cursor.execute("SET LOCAL session_replication_role = replica")
            made = super().run(numbers)
            if trusted:
                cursor.execute("SET LOCAL session_replication_role = origin")
        return made


class Totals:
    """The company's and the lines' totals of every month."""

    model = KpiTotal

    def run(self, numbers) -> int:
        for month in row_of(month_of(today()), MONTHS + 1):
            totals.recompute(month)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE teams_kpitotal")
        return KpiTotal.objects.count()


STEPS = [
    Fill(
        Kpi,
        f"generate_series(1, {KPIS}) AS k WHERE {CATALOGUE}",
        {
            "code": "CASE WHEN k = 1 THEN 'CSAT' ELSE 'G_KPI_' || lpad(k::text, 2, '0') END",
            "name": "'Generated KPI ' || k",
            "formula": "'good ones of all'",
            "expression": "CASE WHEN k %% 2 = 0 THEN "
            "(ARRAY['role_coverage', 'gate_first_pass', 'gate_on_time', 'trace_coverage', "
            "'cpi', 'spi', 'reserve_drawn', 'plan_linked'])[1 + (k / 2) %% 8] ELSE '' END",
            "unit": "'%%'",
            "direction": "CASE WHEN k %% 4 = 0 THEN 'down' ELSE 'up' END",
            "together": "CASE WHEN k %% 10 = 0 THEN 'median' ELSE 'ratio' END",
            "dimension": f"({DIMENSIONS})[1 + k %% 5]",
            "source": "'generated'",
            "valid_from": "'2020-01-01'",
            "order": "k",
        },
    ),
    Fill(
        KpiTarget,
        f"teams_kpi AS kpi WHERE {CATALOGUE}",
        {
            "kpi": "kpi.id",
            "phase": "''",
            "floor": "CASE WHEN kpi.direction = 'down' THEN 95 ELSE 50 END",
            "target": "80",
            "stretch": "CASE WHEN kpi.direction = 'down' THEN 60 ELSE 95 END",
            "valid_from": "'2020-01-01'",
        },
    ),
    Fill(
        KpiWeight,
        f"(SELECT DISTINCT code FROM ipd_phase) AS phase CROSS JOIN unnest({DIMENSIONS}) AS d "
        "WHERE NOT EXISTS (SELECT FROM teams_kpiweight)",
        {
            "phase": "phase.code",
            "dimension": "d",
            "percent": "20",
            "valid_from": "'2020-01-01'",
        },
    ),
    Readings(
        KpiReading,
        f"{PRODUCT} CROSS JOIN {READ} CROSS JOIN generate_series(1, {MONTHS}) AS m",
        {
            "kpi": "kpi.id",
            "team": "p.team_id",
            "month": MONTH,
            **FIGURE,
            "as_of": f"{MONTH} + 27",
            "source": f"'{Source.IMPORTED.value}'",
            "at": "now()",
        },
    ),
    Fill(
        KpiOpenReading,
        f"{PRODUCT} CROSS JOIN {READ} JOIN teams_kpi AS c ON c.id = kpi.id AND c.expression <> '' "
        "CROSS JOIN (SELECT 0 AS m) AS running",
        {
            "kpi": "kpi.id",
            "team": "p.team_id",
            "month": MONTH,
            **FIGURE,
            "as_of": "current_date",
            "at": "now()",
        },
    ),
    Fill(
        KpiMonth,
        f"generate_series(1, {MONTHS}) AS m "
        f"WHERE NOT EXISTS (SELECT FROM teams_kpimonth WHERE month = {MONTH})",
        {"month": MONTH, "closed_at": f"{MONTH} + 40"},
    ),
    Totals(),
]
# ruff: noqa: S608 the statements are put together from constants of these modules
