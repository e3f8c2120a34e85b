"""Money of each product: a budget by line and month, two years of costs, orders, work packages."""

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from ipd.models import (
    Actual,
    BudgetAllocation,
    BudgetMovement,
    Commitment,
    PackageProgress,
    Period,
    WorkPackage,
)

MONTH = "(date_trunc('month', current_date) - make_interval(months => m))::date"
# Six lines, each in every second month of two years behind and half a year ahead.
LINES = """unnest(ARRAY['labour', 'nre', 'test', 'tooling', 'launch', 'reserve'],
    ARRAY['RD', 'RD', 'QA', 'MFG', 'MKT', 'PM']) AS line(cost_type, function)
    JOIN teams_function AS f ON f.code = line.function"""
GENERATED = "JOIN ipd_product AS p ON p.id = w.product_id AND p.code ~ '^G[0-9]+$'"

STEPS = [
    Fill(
        BudgetMovement,
        PRODUCT,
        {
            "product": "p.id",
            "on": "current_date - 700",
            "kind": "'initial'",
            "amount": "6 * 14 * 2000 * (10 + p.n %% 7)",
            "phase": "p.phase_id",
            "reference": "'PDCP 1'",
        },
    ),
    Fill(
        BudgetAllocation,
        f"ipd_budgetmovement AS w {GENERATED} CROSS JOIN {LINES} "
        "CROSS JOIN generate_series(-6, 20, 2) AS m",
        {
            "movement": "w.id",
            "function": "f.id",
            "cost_type": "line.cost_type",
            "month": MONTH,
            "amount": "w.amount / 84",
        },
    ),
    Fill(
        Commitment,
        f"{PRODUCT} JOIN teams_function AS f ON f.code = 'RD' "
        "CROSS JOIN generate_series(1, 6) AS k",
        {
            "product": "p.id",
            "reference": "p.code || '-PO' || k",
            "on": "current_date - 60 * k",
            "supplier": "'Supplier ' || (p.n + k) %% 300",
            "purpose": "'Samples'",
            "function": "f.id",
            "cost_type": "'nre'",
            "phase": "p.phase_id",
            "amount": "20000 + 100 * k",
            "currency": "'EUR'",
            "closed_on": "CASE WHEN k > 3 THEN current_date - 10 END",
        },
    ),
    Fill(
        Actual,
        f"{PRODUCT} CROSS JOIN {LINES} CROSS JOIN generate_series(2, 22, 2) AS m "
        "WHERE line.cost_type <> 'reserve'",
        {
            "product": "p.id",
            "reference": "p.code || '-' || line.cost_type || m",
            "month": MONTH,
            "function": "f.id",
            "cost_type": "line.cost_type",
            "phase": "p.phase_id",
            "amount": "1800 * (10 + (p.n + m) %% 5)",
            "currency": "'EUR'",
        },
    ),
    Fill(
        Period,
        f"generate_series(1, 22) AS m WHERE NOT EXISTS "
        f"(SELECT FROM ipd_period WHERE month = {MONTH})",
        {"month": MONTH, "closed_on": f"{MONTH} + 35"},
    ),
    Fill(
        WorkPackage,
        f"{PRODUCT} JOIN ipd_budgetmovement AS b ON b.product_id = p.id "
        "CROSS JOIN generate_series(1, 10) AS k",
        {
            "product": "p.id",
            "code": "'WP' || k",
            "name": "'Work package ' || k",
            "planned_start": "current_date - 700 + 70 * k",
            "planned_finish": "current_date - 620 + 70 * k",
            "value": "b.amount / 10",
            "currency": "'EUR'",
            "rule": "(ARRAY['0_100', '0_50_100', 'milestones'])[1 + k %% 3]",
        },
    ),
    Fill(
        PackageProgress,
        f"ipd_workpackage AS w {GENERATED} CROSS JOIN generate_series(1, 2) AS report "
        "WHERE w.planned_start < current_date - 60",
        {
            "package": "w.id",
            "on": "w.planned_start + 25 * report",
            "percent": "50 * report",
        },
    ),
]
