# ruff: noqa: S608 the statements are put together from constants of these modules
"""Each product's risk register of twenty, and one simulation of its plan with all activities."""

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from ipd.models import Risk, RiskDriver, RiskReview, Simulation, SimulationActivity

EACH = 20
PERCENT = "(5 + (p.n * 7 + r * 13) %% 90)"
LOW, LIKELY, HIGH = "(r %% 5)", "(5 + r %% 20)", "(30 + (p.n + r) %% 40)"
OWNER = """(SELECT s.person_id FROM teams_seat s WHERE s.team_id = p.team_id
    ORDER BY s.id OFFSET r %% 7 LIMIT 1)"""
DAY = "current_date + 200 + p.n::int %% 300"
FINISHES = f"""(SELECT jsonb_agg(jsonb_build_array(
    to_char({DAY} + k, 'YYYY-MM-DD'), 100) ORDER BY k) FROM generate_series(1, 50) AS k)"""
PLANNED = f"{PRODUCT} JOIN ipd_plan AS plan ON plan.product_id = p.id"
OF_RISKS = "ipd_risk AS r JOIN ipd_product AS p ON p.id = r.product_id AND p.code ~ '^G[0-9]+$'"
SIMULATED = """ipd_simulation AS s JOIN ipd_plan AS plan ON plan.id = s.plan_id
    JOIN ipd_product AS p ON p.id = plan.product_id AND p.code ~ '^G[0-9]+$'
    JOIN ipd_activity AS a ON a.plan_id = plan.id AND a.kind <> 'summary'"""
SEEN = {
    name: f"r.{name}"
    for name in ("state", "probability_percent", "days_low", "days_likely", "days_high")
}

STEPS = [
    Fill(
        Risk,
        f"{PRODUCT} CROSS JOIN generate_series(1, {EACH}) AS r",
        {
            "product": "p.id",
            "code": "'R-' || to_char(r, 'FM00')",
            "title": "'Generated risk ' || r || ' of ' || p.code",
            "category": "(ARRAY['technical', 'supply', 'people', 'market'])[1 + r %% 4]",
            "probability_percent": PERCENT,
            "days_low": LOW,
            "days_likely": LIKELY,
            "days_high": HIGH,
            "cost_low": "10000",
            "cost_likely": "20000 + r * 1000",
            "cost_high": "90000",
            "owner": f"CASE WHEN r %% 6 > 0 THEN {OWNER} END",
            "response": "(ARRAY['', 'reduce', 'accept', 'transfer'])[1 + r %% 4]",
            "due_on": "current_date + (r * 9 - 40)",
            "state": "CASE WHEN r %% 4 = 0 THEN 'closed' ELSE 'open' END",
            "exposure_order": f"-{PERCENT} * ({LOW} + {LIKELY} + {HIGH})",
        },
    ),
    Fill(RiskReview, OF_RISKS, {"risk": "r.id", **SEEN}),
    Fill(
        RiskDriver,
        OF_RISKS,
        {
            "risk": "r.id",
            "activity": "'A' || (2 + r.id %% 8)",
            "low": "1",
            "likely": "1.4",
            "high": "2",
        },
    ),
    Fill(
        Simulation,
        PLANNED,
        {
            "key": "gen_random_uuid()",
            "plan": "plan.id",
            "plan_version": "plan.version",
            "runs": "5000",
            "seed": "p.n",
            "rho": "0.3",
            "rho_group": "0.6",
            "inputs": "'{}'::jsonb",
            "p10_on": f"{DAY} + 5",
            "p50_on": f"{DAY} + 25",
            "p80_on": f"{DAY} + 40",
            "p90_on": f"{DAY} + 45",
            "mean_days": "140",
            "sd_days": "11",
            "finishes": FINISHES,
            "planned_on": DAY,
        },
    ),
    Fill(
        SimulationActivity,
        SIMULATED,
        {
            "simulation": "s.id",
            "code": "a.code",
            "name": "a.name",
            "p50_start_on": "s.p10_on",
            "p80_start_on": "s.p10_on",
            "p50_finish_on": "s.p50_on",
            "p80_finish_on": "s.p80_on",
            "mean_days": "6",
            "sd_days": "1.5",
            "criticality": "(a.id %% 11) / 10.0",
            "ssi": "(a.id %% 11) / 40.0",
            "cruciality": "(a.id %% 7) / 10.0",
        },
    ),
]
