"""Parts in assemblies of boards of parts, their sources, exposure, a programme, demand.

Of a hundred parts five are assemblies and ten are boards; each product has one assembly, with
four boards and four parts, and each board holds 26 parts. One bought part in forty would be
missing before its supply is back. Part n has the code G and n with six digits.
"""

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from ipd.models import (
    BomLine,
    DemandMonth,
    Part,
    ProductContribution,
    ProductPart,
    Programme,
    ReplacementBoard,
    ReplacementItem,
    Source,
    Supplier,
    SupplierScore,
    SupplyAction,
)

ASSEMBLIES, BOARDS = "(%(parts)s / 20)", "(%(parts)s / 10)"
BOUGHT = "(%(parts)s * 17 / 20)"
FIRST = f"({ASSEMBLIES} + {BOARDS})"
NUMBERED = """(SELECT *, substr(code, 2)::int AS n FROM ipd_part
    WHERE code ~ '^G[0-9]{6}$') AS part"""
IS_RED = "n %% 40 = 0"
MONTH = "date_trunc('month', current_date)::date"


def coded(n: str) -> str:
    """The code of the n-th part."""
    return f"'G' || lpad(({n})::text, 6, '0')"


def bought(n: str) -> str:
    """The code of the n-th bought part, around and around."""
    return coded(f"{FIRST} + 1 + ({n}) %% {BOUGHT}")


def board(n: str) -> str:
    """The code of the n-th board, around and around."""
    return coded(f"{ASSEMBLIES} + 1 + ({n}) %% {BOARDS}")


STEPS = [
    Fill(
        Supplier,
        "generate_series(1, 200) AS n",
        {"code": "'G' || n", "name": "'Supplier ' || n", "delivers": "'Parts'"},
    ),
    Fill(
        SupplierScore,
        "(SELECT *, substr(code, 2)::int AS n FROM ipd_supplier WHERE code ~ '^G[0-9]+$') AS s "
        "CROSS JOIN generate_series(0, 11) AS ago",
        {
            "supplier": "s.id",
            "month": f"({MONTH} - ago * interval '1 month')::date",
            "quality": "70 + (s.n * 7 + ago) %% 30",
            "delivery": "65 + (s.n * 5 + ago) %% 35",
            "financial": "60 + (s.n * 3 + ago) %% 40",
        },
    ),
    Fill(
        Part,
        "generate_series(1, %(parts)s) AS n",
        {
            "code": coded("n"),
            "name": "'Part ' || n",
            "kind": f"CASE WHEN n <= {ASSEMBLIES} THEN 'assembly' WHEN n <= {FIRST} THEN 'board' "
            "ELSE 'part' END",
            "category": "(ARRAY['Passives', 'Connectors', 'Semiconductors'])[1 + n %% 3]",
            "status": "(ARRAY['approved','approved','approved','restricted','nrnd'])[1 + n %% 5]",
            "kraljic": "(ARRAY['routine','leverage','bottleneck','strategic'])[1 + n %% 4]",
            "lead_weeks": "4 + n %% 20",
            "claimed_ttr": "4 + n %% 12",
            "assessed_ttr": f"CASE WHEN {IS_RED} THEN 20 + n %% 15 END",
            "stock": "500 + n %% 400",
            "weekly_demand": f"CASE WHEN {IS_RED} THEN 100 ELSE 20 END",
            "approved_sources": f"CASE WHEN n <= {FIRST} THEN 0 ELSE 1 + (n %% 3 > 0)::int END",
        },
    ),
    Fill(
        Source,
        f"{NUMBERED} CROSS JOIN generate_series(1, 2) AS place JOIN ipd_supplier AS s "
        "ON s.code = 'G' || (1 + (part.n * 7 + place) %% 200) "
        "WHERE place <= part.approved_sources AND part.kind = 'part'",
        {
            "part": "part.id",
            "supplier": "s.id",
            "state": "'approved'",
            "percent": "100",
            "share": "100 / part.approved_sources",
        },
    ),
    # Boards and parts in assemblies; parts in boards.
    Fill(
        BomLine,
        f"generate_series(1, {ASSEMBLIES}) AS a CROSS JOIN generate_series(0, 3) AS b "
        f"JOIN ipd_part AS assembly ON assembly.code = {coded('a')} "
        f"JOIN ipd_part AS part ON part.code = {board('a * 4 + b')}",
        {"assembly": "assembly.id", "part": "part.id", "quantity": "1"},
    ),
    Fill(
        BomLine,
        f"generate_series(1, {ASSEMBLIES}) AS a CROSS JOIN generate_series(0, 3) AS b "
        f"JOIN ipd_part AS assembly ON assembly.code = {coded('a')} "
        f"JOIN ipd_part AS part ON part.code = {bought('a * 4 + b')}",
        {"assembly": "assembly.id", "part": "part.id", "quantity": "2"},
    ),
    Fill(
        BomLine,
        f"generate_series(1, {BOARDS}) AS a CROSS JOIN generate_series(0, 25) AS b "
        f"JOIN ipd_part AS board ON board.code = {coded(f'{ASSEMBLIES} + a')} "
        f"JOIN ipd_part AS part ON part.code = {bought('a * 26 + b')}",
        {"assembly": "board.id", "part": "part.id", "quantity": "1 + b %% 4"},
    ),
    Fill(
        ProductPart,
        f"{PRODUCT} JOIN ipd_part AS part ON part.code = {coded(f'1 + (p.n - 1) %% {ASSEMBLIES}')}",
        {"product": "p.id", "part": "part.id", "quantity": "1"},
    ),
    Fill(
        ProductContribution,
        PRODUCT,
        {"product": "p.id", "from_on": "'2025-01-01'", "weekly": "10000 + p.n %% 90 * 1000"},
    ),
    Fill(
        SupplyAction,
        f"{NUMBERED} JOIN teams_person AS owner "
        "ON owner.code = 'G' || lpad((1 + part.n %% %(people)s)::text, 6, '0') "
        f"WHERE part.kind = 'part' AND part.{IS_RED}",
        {
            "part": "part.id",
            "number": "1",
            "rung": "(ARRAY['buffer', 'second_source', 'redesign'])[1 + part.n %% 3]",
            "text": "'Generated action on ' || part.code",
            "owner": "CASE WHEN part.n %% 80 = 0 THEN owner.id END",
            "due_on": "current_date + (part.n %% 200)",
        },
    ),
    Fill(
        DemandMonth,
        f"{PRODUCT} CROSS JOIN generate_series(0, 11) AS ahead",
        {
            "product": "p.id",
            "month": f"({MONTH} + ahead * interval '1 month')::date",
            "p10": "80 + p.n %% 50",
            "p50": "100 + p.n %% 50 + ahead",
            "p90": "160 + p.n %% 50",
            "capacity": "170",
        },
    ),
    Fill(
        Programme,
        "teams_person AS lead WHERE lead.code = 'G000001'",
        {
            "code": "'G-RENEW'",
            "name": "'Generated programme'",
            "lead": "lead.id",
            "starts_on": "current_date - 200",
            "ends_on": "current_date + 500",
        },
    ),
    Fill(
        ReplacementItem,
        f"{NUMBERED} JOIN ipd_programme AS programme ON programme.code = 'G-RENEW' "
        "JOIN ipd_product AS p ON p.code = 'G' || lpad((1 + part.n %% %(products)s)::text, 5, '0') "
        f"WHERE part.kind = 'part' AND part.n <= {FIRST} + 200",
        {
            "programme": "programme.id",
            "part": "part.id",
            "product": "p.id",
            "reason": "'obsolete'",
            "resolution": "'drop_in'",
            "status": "CASE WHEN part.n %% 3 = 0 THEN 'verified' ELSE 'qualifying' END",
            "planned_month": f"({MONTH} + ((part.n %% 20) - 6) * interval '1 month')::date",
            "done_month": f"CASE WHEN part.n %% 3 = 0 THEN ({MONTH} "
            "- interval '1 month' * (part.n %% 6))::date END",
        },
    ),
    Fill(
        ReplacementBoard,
        f"{NUMBERED} JOIN ipd_programme AS programme ON programme.code = 'G-RENEW' "
        "JOIN ipd_product AS p ON p.code = 'G' || lpad((1 + part.n %% %(products)s)::text, 5, '0') "
        f"WHERE part.kind = 'board' AND part.n <= {ASSEMBLIES} + 60",
        {
            "programme": "programme.id",
            "board": "part.id",
            "product": "p.id",
            "planned_month": f"({MONTH} + ((part.n %% 20) - 6) * interval '1 month')::date",
        },
    ),
]
