# ruff: noqa: S608 the statements are put together from constants of these modules
"""Each product's plan: summaries of nine activities, one after the other, kept in a baseline.

Product G00002 has the largest plan, five thousand activities. Dates are laid out by arithmetic,
as a schedule of such a chain would have them: each summary begins a working week after the one
before it.
"""

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from ipd.models import Activity, Baseline, BaselineRow, Link, Plan, PlanCalendar

CALENDAR = "'G-WEEK'"
HOURS = "'[[[480,720],[780,1020]],[[480,720],[780,1020]],[[480,720],[780,1020]],"
HOURS += "[[480,720],[780,1020]],[[480,720],[780,1020]],[],[]]'::jsonb"
MONDAY = "(date_trunc('week', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"
START = f"{MONDAY} - interval '26 weeks' + interval '8 hours'"
COUNT = "CASE WHEN p.n = 2 THEN 5000 ELSE %(activities)s END"
PLANNED = f"{PRODUCT} JOIN ipd_plan AS plan ON plan.product_id = p.id"
ROWS = f"{PLANNED} CROSS JOIN LATERAL generate_series(1, {COUNT}) AS a"
IS_SUMMARY = "a %% 10 = 1"
WEEK = "interval '7 days' * (a / 10 * 52 * 2 / greatest(1, " + COUNT + " / 10))"
BEGIN = f"plan.starts_at + {WEEK} + interval '1 day' * (a %% 5)"
DAYS = "(1 + a %% 3)"
END = f"{BEGIN} + interval '1 day' * ({DAYS} - 1) + interval '9 hours'"
OWNER = """(SELECT s.person_id FROM teams_seat s WHERE s.team_id = p.team_id
    ORDER BY s.id OFFSET a %% 7 LIMIT 1)"""
COMMON = {
    "plan": "plan.id",
    "order": "a * 1024",
    "code": "'A' || a",
    "start_at": BEGIN,
    "late_start_at": BEGIN,
    "total_float_minutes": "(a %% 7) * 480",
    "free_float_minutes": "0",
    "is_critical": "a %% 7 = 0",
}
CHAIN = "SELECT *, substr(code, 2)::int AS n FROM ipd_activity WHERE kind <> 'summary'"
GENERATED = "JOIN ipd_plan AS plan ON plan.id = t.plan_id JOIN ipd_product AS p"
GENERATED += " ON p.id = plan.product_id AND p.code ~ '^G[0-9]+$'"

STEPS = [
    Fill(
        PlanCalendar,
        f"(SELECT 1) AS once WHERE NOT EXISTS (SELECT 1 FROM ipd_plancalendar"
        f" WHERE plan_id IS NULL AND code = {CALENDAR})",
        {"code": CALENDAR, "name": "'Week'", "hours": HOURS},
    ),
    Fill(
        Plan,
        f"{PRODUCT} JOIN ipd_plancalendar AS c ON c.plan_id IS NULL AND c.code = {CALENDAR}",
        {
            "product": "p.id",
            "calendar": "c.id",
            "starts_at": START,
            "scheduled_at": "now()",
            "finishes_at": f"{START} + interval '104 weeks'",
        },
    ),
    Fill(
        Activity,
        f"{ROWS} WHERE {IS_SUMMARY}",
        COMMON
        | {
            "kind": "'summary'",
            "name": "'Work package ' || (a / 10 + 1)",
            "wbs": "(a / 10 + 1)::text",
            "finish_at": f"{BEGIN} + interval '11 days 9 hours'",
            "late_finish_at": f"{BEGIN} + interval '11 days 9 hours'",
        },
    ),
    Fill(
        Activity,
        f"{ROWS} JOIN ipd_activity AS top ON top.plan_id = plan.id"
        f" AND top.code = 'A' || ((a - 1) / 10 * 10 + 1) WHERE NOT ({IS_SUMMARY})",
        COMMON
        | {
            "parent": "top.id",
            "depth": "1",
            "kind": "CASE WHEN a %% 50 = 0 THEN 'milestone' ELSE 'task' END",
            "name": "'Activity ' || a || ' of ' || p.name",
            "wbs": "((a - 1) / 10 + 1) || '.' || ((a - 1) %% 10)",
            "owner": OWNER,
            "minutes": f"CASE WHEN a %% 50 = 0 THEN 0 ELSE 480 * {DAYS} END",
            "optimistic_minutes": f"CASE WHEN a %% 50 = 0 THEN NULL ELSE 240 * {DAYS} END",
            "pessimistic_minutes": f"CASE WHEN a %% 50 = 0 THEN NULL ELSE 1200 * {DAYS} END",
            "effort_minutes": f"960 * {DAYS}",
            "percent": "CASE WHEN a %% 9 = 0 THEN 0 ELSE 10 END",
            "finish_at": END,
            "late_finish_at": END,
        },
    ),
    Fill(
        Link,
        f"({CHAIN}) AS t JOIN ({CHAIN}) AS after ON after.plan_id = t.plan_id"
        f" AND after.n = t.n + CASE WHEN t.n %% 10 = 0 THEN 2 ELSE 1 END {GENERATED}",
        {"plan": "t.plan_id", "predecessor": "t.id", "successor": "after.id"},
    ),
    Fill(
        Baseline,
        PLANNED,
        {
            "plan": "plan.id",
            "number": "0",
            "name": "'Contract 1'",
            "finish_at": "plan.finishes_at",
            "kept_at": "now()",
        },
    ),
    Fill(
        BaselineRow,
        f"ipd_activity AS t {GENERATED} JOIN ipd_baseline AS b ON b.plan_id = plan.id",
        {
            "baseline": "b.id",
            "code": "t.code",
            "name": "t.name",
            "start_at": "t.start_at - interval '7 days'",
            "finish_at": "t.finish_at - interval '7 days'",
            "minutes": "t.minutes",
            "effort_minutes": "t.effort_minutes",
        },
    ),
]
