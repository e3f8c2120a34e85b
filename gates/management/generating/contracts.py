"""Per product three business cases, a contract in its second version and how it stands."""

from gates.management.generating.filling import Fill
from ipd.models import (
    BusinessCase,
    CaseFlow,
    ChangeElement,
    ChangeRequest,
    Contract,
    ContractElement,
    ContractStanding,
)

PRODUCTS = "ipd_product AS p"
GENERATED = "p.code ~ '^G[0-9]+$'"
SOMEBODY = "(SELECT s.person_id FROM teams_seat s WHERE s.team_id = p.team_id LIMIT 1)"
CHAIR = """(SELECT s.person_id FROM teams_seat s JOIN ipd_linebody b ON b.team_id = s.team_id
    JOIN teams_role r ON r.id = s.role_id WHERE b.line_id = p.line_id AND b.kind = 'IPMT'
    AND r.code = 'CHAIR' LIMIT 1)"""
# A figure of the promise's order of magnitude, and a reading a little beside it.
PROMISED = """CASE WHEN d.unit = 'date' THEN (c.ga_on - date '0001-01-01') + 1
    WHEN d.unit = 'money' THEN 1000000 + c.product_id %% 900 * 10000
    ELSE 10 + c.product_id %% 50 END"""
OF_CURRENT = """ipd_contractelement AS e JOIN ipd_contract AS c ON c.id = e.contract_id
    AND c.is_current JOIN ipd_product AS p ON p.id = c.product_id"""
DAY = "current_date - 200 * (3 - v.n)"

STEPS = [
    Fill(
        BusinessCase,
        f"{PRODUCTS} CROSS JOIN generate_series(1, 3) AS v(n) WHERE {GENERATED}",
        {
            "product": "p.id",
            "version": "v.n",
            "on": DAY,
            "gate": "(ARRAY['CHARTER', 'CDCP', 'PDCP'])[v.n]",
            "hurdle_rate": "12",
            "unit_cost": "1000 + p.id %% 500",
            "price": "2500",
            "volume": "4000",
            "delay_cost": "500000",
            "state": "'accepted'",
            "by": SOMEBODY,
            "accepted_by": CHAIR,
            "accepted_on": DAY,
        },
    ),
    Fill(
        CaseFlow,
        "ipd_businesscase AS b JOIN ipd_product AS p ON p.id = b.product_id "
        "CROSS JOIN generate_series(0, 6) AS y(n) "
        "CROSS JOIN (VALUES ('base', 1.0), ('downside', 0.75)) AS s(name, share) "
        f"WHERE {GENERATED}",
        {
            "case": "b.id",
            "scenario": "s.name",
            "year": "y.n",
            "inflow": "CASE WHEN y.n < 3 THEN 0 ELSE s.share * (3000000 + p.id %% 9 * 100000) END",
            "outflow": "CASE WHEN y.n < 3 THEN 2500000 ELSE 0 END",
        },
    ),
    Fill(
        Contract,
        f"{PRODUCTS} CROSS JOIN generate_series(1, 2) AS v(n) WHERE {GENERATED}",
        {
            "product": "p.id",
            "version": "v.n",
            "ga_on": "current_date + 100 + 60 * v.n + (p.id %% 50)::int",
            "reason": "'As planned'",
            "decision": "'PDCP ' || v.n",
            "signed_on": "current_date - 300 + 100 * v.n",
            "signed_by": CHAIR,
            "is_current": "v.n = 2",
            "ended_on": "CASE WHEN v.n = 1 THEN current_date - 100 END",
        },
    ),
    Fill(
        ContractElement,
        "ipd_contract AS c JOIN ipd_product AS p ON p.id = c.product_id "
        "JOIN ipd_contractelementdefinition AS d ON d.process_id = p.process_id "
        f"WHERE {GENERATED}",
        {
            "contract": "c.id",
            "code": "d.code",
            "name": "d.name",
            "unit": "d.unit",
            "measure": "d.measure",
            "higher_is_better": "d.higher_is_better",
            "tolerance_days": "d.tolerance_days",
            "tolerance_percent": "d.tolerance_percent",
            "warning_percent": "d.warning_percent",
            "zero_tolerance": "d.zero_tolerance",
            "order": 'd."order"',
            "promised": PROMISED,
        },
    ),
    Fill(
        ContractStanding,
        f"{OF_CURRENT} WHERE {GENERATED}",
        {
            "product": "p.id",
            "code": "e.code",
            "value": "e.promised",
            "on": "current_date - 5",
            "standing": "'inside'",
            "read_at": "now()",
        },
    ),
    Fill(
        ChangeRequest,
        f"{PRODUCTS} JOIN ipd_contract AS c ON c.product_id = p.id AND c.version = 2 "
        f"WHERE {GENERATED} AND {SOMEBODY} <> {CHAIR}",
        {
            "product": "p.id",
            "number": "1",
            "title": "'A later date'",
            "trigger": "'A supplier is late.'",
            "reason": "'supply'",
            "requester": SOMEBODY,
            "raised_on": "current_date - 120",
            "state": "'decided'",
            "change_class": "'B'",
            "verdict": "'accepted'",
            "decided_by": CHAIR,
            "decided_on": "current_date - 100",
            "decision": "'PCR-1, off-line'",
            "contract": "c.id",
        },
    ),
    Fill(
        ChangeElement,
        "ipd_changerequest AS q JOIN ipd_product AS p ON p.id = q.product_id "
        "JOIN ipd_contract AS c ON c.id = q.contract_id "
        "JOIN ipd_contractelement AS e ON e.contract_id = c.id AND e.code = 'GA' "
        f"WHERE {GENERATED}",
        {
            "request": "q.id",
            "code": "e.code",
            "name": "e.name",
            "unit": "e.unit",
            "before": "e.promised - 60",
            "after": "e.promised",
            "order": 'e."order"',
        },
    ),
]
