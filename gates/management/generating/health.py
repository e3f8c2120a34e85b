# ruff: noqa: S608 the statements are put together from constants of these modules
"""What the generated reviews tell of the process, and what their criteria changed."""

from gates.management.generating.filling import Fill
from gates.management.generating.reviews import HELD
from gates.models import Citation, CriterionCount, HeldReview

STEPS = [
    Fill(
        HeldReview,
        f"{HELD} JOIN gates_gatedefinition AS g ON g.id = r.gate_id "
        "JOIN gates_outcome AS o ON o.id = r.outcome_id",
        {
            "review": "r.id",
            "line": "p.line_id",
            "gate": "g.code",
            "kind": "CASE WHEN g.feeds_id IS NULL THEN 'decision' ELSE 'technical' END",
            "asked_on": "r.held_on - (5 + r.id %% 40)::int",
            "held_on": "r.held_on",
            "told_on": "r.held_on + 1",
            "people": "6 + (r.id %% 9)::int",
            "preparing_hours": "30 + r.id %% 70",
            "reading_hours": "10 + r.id %% 20",
            "meeting_hours": "8 + r.id %% 12",
            "is_as_recommended": "r.id %% 5 > 0",
            "is_unanimous": "r.id %% 3 > 0",
            "has_changed": "o.needs_conditions",
            "deferrals": "(r.id %% 11 = 0)::int",
            "musts": "10",
            "waived": "(r.id %% 7 = 0)::int",
            "is_reopened": "r.id %% 29 = 0",
        },
    ),
    Fill(
        Citation,
        f"{HELD} JOIN gates_condition AS k ON k.review_id = r.id JOIN LATERAL "
        "(SELECT id FROM gates_reviewcriterion WHERE review_id = r.id ORDER BY id "
        "OFFSET k.id %% 10 LIMIT 1) AS c ON true",
        {"criterion": "c.id", "condition": "k.id"},
    ),
    # Of the company's own criteria; those of the delivered process may be counted already.
    Fill(
        CriterionCount,
        "gates_criteriondefinition AS d JOIN gates_gatedefinition AS g ON g.id = d.gate_id "
        "JOIN gates_chain AS c ON c.id = g.chain_id JOIN ipd_processversion AS v "
        "ON v.id = c.process_id WHERE v.id = %(process)s AND d.code LIKE '%%-2'",
        {
            "process": "v.code",
            "gate": "g.code",
            "code": "d.code",
            "elsewhere": "false",
            "assessed": "20 + (d.id %% 300)::int",
            "hits": "(d.id %% 9)::int",
            "counted_on": "current_date",
        },
    ),
]
