# ruff: noqa: S608 the statement is put together from constants of this module
"""How often each criterion was assessed here, and how often it changed a decision.

Counted anew as a whole, every night and after an import: one pass over the decided reviews.
A citation in a review that came in without judgements counts nowhere: it would say that the
criterion was asked in those reviews alone in which it hit.
"""

from django.db import connection, transaction

from gates.models import CriterionCount
from gates.models.facts import Assessment
from gates.models.reviews import Stage
from ipd.kernel.days import today

COUNT_LOCK = 7_310_011  # any number, the same for all who count
WAIVED = """EXISTS (SELECT FROM gates_waiver AS w WHERE w.criterion_id = c.id
    AND w.chair_signed_at IS NOT NULL AND w.function_signed_at IS NOT NULL)"""
CITED = "EXISTS (SELECT FROM gates_citation AS cited WHERE cited.criterion_id = c.id)"
COUNT = f"""
INSERT INTO gates_criterioncount
    (process, gate, code, elsewhere, assessed, hits, waived, period, counted_on)
SELECT version.code, gate.code, c.code, false, count(*),
    count(*) FILTER (WHERE {CITED} OR {WAIVED}), count(*) FILTER (WHERE {WAIVED}), '', %(day)s
FROM gates_reviewcriterion AS c
JOIN gates_review AS r ON r.id = c.review_id AND r.stage = %(decided)s AND NOT r.is_rehearsal
JOIN gates_gatedefinition AS asked ON asked.id = r.gate_id
JOIN gates_chain AS chain ON chain.id = asked.chain_id
JOIN ipd_processversion AS version ON version.id = chain.process_id
JOIN gates_chain AS any_chain ON any_chain.process_id = version.id
JOIN gates_gatedefinition AS gate ON gate.chain_id = any_chain.id
JOIN gates_criteriondefinition AS d ON d.gate_id = gate.id AND d.code = c.code
    AND (gate.id = asked.id OR EXISTS (SELECT FROM gates_tailoring AS t
        WHERE t.product_id = r.product_id AND t.into_id = asked.id AND t.gate_id = gate.id))
WHERE c.state <> %(silent)s
GROUP BY version.code, gate.code, c.code
"""


@transaction.atomic
def count() -> int:
    """Count anew; how many criteria there are counts of. One after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNT_LOCK])
        CriterionCount.objects.filter(elsewhere=False).delete()
        cursor.execute(
            COUNT,
            {
                "day": today(),
                "decided": Stage.DECIDED.value,
                "silent": Assessment.NO_DATA.value,
            },
        )
        return cursor.rowcount
