# ruff: noqa: S608 the statements are put together from constants of these modules
"""People, lines with their bodies, products with their teams, and who sits where.

Everything made here has a code that begins with G. Functions are numbered from 0 in the order
of their codes; person n belongs to function n modulo their count, so that the k-th person of a
function is found by arithmetic: k times the count, plus the function's number.
"""

from gates.management.generating.filling import Fill
from ipd.models import LineBody, Product, ProductLine
from teams.models import Function, Person, Seat, Site, Team

FUNCTIONS = """(SELECT id, code, row_number() OVER (ORDER BY code) - 1 AS n,
    count(*) OVER () AS all_of_them FROM teams_function) AS f"""
LINES = "ipd_productline AS line"
LINE = "(SELECT *, substr(code, 2)::int AS n FROM ipd_productline WHERE code ~ '^G[0-9]+$') AS line"
PRODUCT = "(SELECT *, substr(code, 2)::int AS n FROM ipd_product WHERE code ~ '^G[0-9]+$') AS p"
FIRST = "(ARRAY['Ada','Bo','Chen','Dara','Emil','Fatima','Goran','Hana','Ivo','Jun','Kofi','Li'])"
LAST = "(ARRAY['Adler','Berg','Costa','Diallo','Eze','Fischer','Gupta','Huang','Ito','Jansen'])"
# Board and panel come after the products in the numbering of a function's people.
BODY_SEAT = "(%(products)s + 2 * line.n + CASE WHEN b.kind = 'TRP' THEN 1 ELSE 0 END)"


def person(k: str) -> str:
    """The k-th person of the function f."""
    code = f"'G' || lpad(((({k}) * f.all_of_them + f.n) %% %(people)s + 1)::text, 6, '0')"
    return f"(SELECT id FROM teams_person WHERE code = {code})"


STEPS = [
    Fill(
        Function,
        "unnest(ARRAY['LEG','REG','SEC','IT','LOG','SAL','HR']) AS code "
        "WHERE code NOT IN (SELECT code FROM teams_function)",
        {"code": "code", "name": "'Function ' || code"},
    ),
    Fill(
        Site,
        "generate_series(1, 20) AS n",
        {"code": "'G' || n", "name": "'Site ' || n", "country": "'DE'"},
    ),
    Fill(
        Person,
        f"generate_series(1, %(people)s) AS n JOIN {FUNCTIONS} ON f.n = (n.n - 1) %% f.all_of_them",
        {
            "password": "'!'",
            "code": "'G' || lpad(n.n::text, 6, '0')",
            "email": "'g' || lpad(n.n::text, 6, '0') || '@generated.example'",
            "name": f"{FIRST}[1 + n.n %% 12] || ' ' || {LAST}[1 + n.n / 12 %% 10] || ' ' || n.n",
            "function": "f.id",
            "site": "(SELECT id FROM teams_site WHERE code = 'G' || (1 + n.n %% 20))",
            "job_title": "'Specialist'",
        },
    ),
    Fill(
        ProductLine,
        "generate_series(1, %(lines)s) AS n",
        {"code": "'G' || lpad(n::text, 3, '0')", "name": "'Line ' || n"},
    ),
    Fill(
        Team,
        f"{LINE} CROSS JOIN unnest(ARRAY['IPMT', 'TRP']) AS kind",
        {
            "code": "line.code || '-' || kind",
            "name": "kind || ' of ' || line.name",
            "kind": "kind",
        },
    ),
    Fill(
        LineBody,
        f"{LINE} JOIN teams_team AS t ON t.code IN (line.code || '-IPMT', line.code || '-TRP')",
        {"line": "line.id", "kind": "t.kind", "team": "t.id"},
    ),
    Fill(
        Team,
        "generate_series(1, %(products)s) AS n",
        {
            "code": "'G' || lpad(n::text, 5, '0') || '-PDT'",
            "name": "'Team of product ' || n",
            "kind": "'PDT'",
        },
    ),
    Fill(
        Product,
        "generate_series(1, %(products)s) AS n "
        "JOIN ipd_processversion AS v ON v.id = %(process)s "
        # Progress 1 to 13: at which of the gates the product stands, and so in which phase.
        "JOIN LATERAL (SELECT g.phase_id FROM gates_gatedefinition g JOIN gates_chain c "
        "ON c.id = g.chain_id WHERE c.process_id = v.id AND NOT g.unplanned "
        'ORDER BY g."order" OFFSET (n - 1) %% 13 LIMIT 1) AS at ON true',
        {
            "code": "'G' || lpad(n::text, 5, '0')",
            "name": "'Product ' || n",
            "line": "(SELECT id FROM ipd_productline WHERE code = 'G' || "
            "lpad((1 + n %% %(lines)s)::text, 3, '0'))",
            "process": "v.id",
            "phase": "at.phase_id",
            "phase_since": "current_date - 40",
            "product_class": "(ARRAY['Platform', 'Derivative', 'Accessory'])[1 + n %% 3]",
            "team": "(SELECT id FROM teams_team WHERE code = 'G' || lpad(n::text, 5, '0') "
            "|| '-PDT')",
            "is_confidential": "n %% 50 = 0",
            "summary": "'Generated for measuring.'",
        },
    ),
    Fill(
        Seat,
        f"{PRODUCT} CROSS JOIN teams_role AS r JOIN {FUNCTIONS} ON f.id = r.represents_id "
        "WHERE r.is_core AND r.code NOT IN ('LMTL', 'CDTL')",
        {
            "team": "p.team_id",
            "role": "r.id",
            "function": "f.id",
            "person": person("p.n"),
            "allocation_percent": "20",
            "period": "daterange('2024-01-01', NULL)",
        },
    ),
    # In each body every function has a seat; the first two lead it and keep its calendar.
    Fill(
        Seat,
        f"{LINE} JOIN ipd_linebody AS b ON b.line_id = line.id CROSS JOIN {FUNCTIONS} "
        "JOIN teams_role AS r ON r.code = CASE b.kind "
        "WHEN 'IPMT' THEN (ARRAY['CHAIR', 'SECRETARY', 'MEMBER'])[least(f.n, 2) + 1] "
        "ELSE (ARRAY['LEADER', 'ORGANISER', 'EXPERT'])[least(f.n, 2) + 1] END",
        {
            "team": "b.team_id",
            "role": "r.id",
            "function": "f.id",
            "person": person(BODY_SEAT),
            "allocation_percent": "5",
            "period": "daterange('2024-01-01', NULL)",
        },
    ),
]
