# ruff: noqa: S608 the statements are put together from constants of these modules
"""Each product's reviews up to where it stands: all but the last decided, and voted on."""

from gates.management.generating.filling import Fill
from gates.management.generating.people import PRODUCT
from gates.models import (
    Condition,
    CriterionDefinition,
    Decision,
    Evidence,
    Review,
    ReviewCriterion,
    Vote,
)

GATES = """(SELECT g.*, c.code AS chain, c.body AS body, c.id AS chain_pk,
    row_number() OVER (ORDER BY g."order") AS n FROM gates_gatedefinition g
    JOIN gates_chain c ON c.id = g.chain_id
    WHERE c.process_id = %(process)s AND NOT g.unplanned) AS g"""
# How far the product has come, and the day of its n-th gate, the last one ahead.
PROGRESS = "((p.n - 1) %% 13 + 1)"
DAY = f"current_date + 5 + p.n %% 80 - 60 * ({PROGRESS} - g.n::int)"
IS_HELD = f"g.n < {PROGRESS}"
# One in five goes had conditions.
CONDITIONAL = "(p.n + g.n) %% 5 = 0"
OUTCOME = f"""(SELECT o.id FROM gates_outcome o WHERE o.chain_id = g.chain_pk AND o.passes
    AND o.needs_conditions = ({CONDITIONAL}) LIMIT 1)"""
GENERATED = """gates_review AS r JOIN ipd_product AS p ON p.id = r.product_id
    AND p.code ~ '^G[0-9]+$'"""
HELD = f"{GENERATED} AND r.stage = 'decided'"
VOTERS = """teams_seat AS s ON s.team_id = r.body_id AND s.role_id IN (
    SELECT role_id FROM teams_decisionright WHERE act = 'vote' AND seated_in = 'body')"""

STEPS = [
    # A company's own criteria beside the delivered ones: about twenty a gate.
    Fill(
        CriterionDefinition,
        "gates_criteriondefinition AS d JOIN gates_gatedefinition AS g ON g.id = d.gate_id "
        "JOIN gates_chain AS c ON c.id = g.chain_id WHERE c.process_id = %(process)s",
        {
            "gate": "d.gate_id",
            "code": "d.code || '-2'",
            "function": "d.function",
            "weight": "d.weight",
            "text": "d.text || ', also in the second market'",
            "evidence": "d.evidence",
            "order": 'd."order" + 100',
        },
    ),
    Fill(
        Review,
        f"{PRODUCT} JOIN {GATES} ON g.n <= {PROGRESS}",
        {
            "product": "p.id",
            "gate": "g.id",
            "label": "g.code",
            "body": "(SELECT b.team_id FROM ipd_linebody b WHERE b.line_id = p.line_id "
            "AND b.kind = g.body)",
            "baseline_on": f"{DAY} - 7 * ((p.n %% 3 = 0)::int)",
            "planned_on": DAY,
            "held_on": f"CASE WHEN {IS_HELD} THEN {DAY} END",
            "stage": f"CASE WHEN {IS_HELD} THEN 'decided' WHEN p.n %% 40 = 0 THEN 'first_vote' "
            "WHEN p.n %% 4 = 0 THEN 'locked' ELSE 'preparing' END",
            "outcome": f"CASE WHEN {IS_HELD} THEN {OUTCOME} END",
            "readiness_percent": "70 + p.n %% 30",
            "decided_at": f"CASE WHEN {IS_HELD} THEN ({DAY})::timestamptz END",
        },
    ),
    Fill(
        ReviewCriterion,
        f"{GENERATED} JOIN gates_criteriondefinition AS d ON d.gate_id = r.gate_id "
        "JOIN teams_function AS f ON f.code = d.function LEFT JOIN teams_seat AS s "
        "ON s.team_id = p.team_id AND s.function_id = f.id",
        {
            "review": "r.id",
            "code": "d.code",
            "function": "f.id",
            "weight": "d.weight",
            "text": "d.text",
            "evidence_asked": "d.evidence",
            **{
                name: f"CASE WHEN r.stage = 'decided' THEN {no} ELSE d.{name} END"
                for name, no in {
                    "measure": "''",
                    "operator": "''",
                    "threshold": "NULL",
                    "partly": "NULL",
                }.items()
            },
            "order": 'd."order"',
            "owner": "s.person_id",
            "state": "CASE WHEN s.person_id IS NULL THEN 'no_data' "
            "ELSE (ARRAY['met','met','met','partly','not_met'])[1 + (r.id + d.id) %% 5] END",
            "comment": "'Checked with the team; the report is in the system.'",
            "assessed_by": "s.person_id",
            "assessed_at": "CASE WHEN s.person_id IS NOT NULL THEN now() - interval '9 days' END",
        },
    ),
    Fill(
        Evidence,
        f"{GENERATED} JOIN gates_reviewcriterion AS c ON c.review_id = r.id "
        "WHERE c.weight = 'must' AND c.owner_id IS NOT NULL",
        {
            "criterion": "c.id",
            "title": "'Report on ' || c.code",
            "link": "'https://plm.generated.example/' || c.id",
            "sha256": "encode(sha256(c.id::text::bytea), 'hex')",
            "dated_on": "current_date - 20 - (c.id %% 100)::int",
            "added_by": "c.owner_id",
        },
    ),
    Fill(
        Vote,
        f"{HELD} CROSS JOIN generate_series(1, 2) AS round JOIN {VOTERS}",
        {
            "review": "r.id",
            "round": "round",
            "voter": "s.person_id",
            "cast_by": "s.person_id",
            "outcome": "r.outcome_id",
            "cast_at": "r.decided_at - interval '1 hour'",
        },
    ),
    Fill(
        Decision,
        f"{HELD} JOIN teams_seat AS s ON s.team_id = r.body_id JOIN teams_role AS role "
        "ON role.id = s.role_id AND role.code IN ('CHAIR', 'LEADER')",
        {
            "review": "r.id",
            "outcome": "r.outcome_id",
            "rationale": "'Generated: the criteria are met and the case holds at the low price.'",
            "decided_by": "s.person_id",
            "decided_at": "r.decided_at",
            "is_imported": "true",
        },
    ),
    Fill(
        Condition,
        f"{HELD} JOIN gates_outcome AS o ON o.id = r.outcome_id AND o.needs_conditions "
        "CROSS JOIN generate_series(1, 2) AS n JOIN LATERAL (SELECT person_id, function_id "
        "FROM teams_seat WHERE team_id = p.team_id ORDER BY id OFFSET n LIMIT 1) AS s ON true "
        "JOIN teams_seat AS v ON v.team_id = p.team_id AND v.role_id = "
        "(SELECT id FROM teams_role WHERE code = 'PQA') AND v.person_id <> s.person_id",
        {
            "review": "r.id",
            "number": "n",
            "text": "'Generated condition ' || n || ' of ' || r.label",
            "kind": "'subsequent'",
            "owner": "s.person_id",
            "function": "s.function_id",
            "due_on": "r.held_on + 45",
            "original_due_on": "r.held_on + 45",
            "acceptance_test": "'The report is signed.'",
            "verifier": "v.person_id",
            "consequence": "'The next gate is moved.'",
            "state": "CASE WHEN r.held_on + 45 < current_date - 20 THEN 'verified' ELSE 'open' END",
            "settled_on": "CASE WHEN r.held_on + 45 < current_date - 20 THEN r.held_on + 40 END",
        },
    ),
]
