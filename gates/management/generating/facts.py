"""What the measures read for the computed criteria of the generated open reviews."""

from gates.management.generating.filling import Fill
from gates.models import CriterionFact

STEPS = [
    Fill(
        CriterionFact,
        "gates_reviewcriterion AS c JOIN gates_review AS r ON r.id = c.review_id "
        "JOIN ipd_product AS p ON p.id = r.product_id AND p.code ~ '^G[0-9]+$' "
        "WHERE c.measure <> ''",
        {
            "criterion": "c.id",
            "numerator": "CASE WHEN c.state = 'met' THEN c.threshold ELSE 0 END",
            "denominator": "CASE WHEN c.state = 'no_data' THEN 0 ELSE 100 END",
            "n": "100",
            "status": "CASE WHEN c.state = 'no_data' THEN 'missing' ELSE 'measured' END",
            "as_of": "current_date - (c.id %% 30)::int",
            "figure": "CASE c.state WHEN 'met' THEN c.threshold WHEN 'partly' "
            "THEN coalesce(c.partly, c.threshold - 1) WHEN 'not_met' THEN 0 END",
            "state": "c.state",
            "read_at": "now()",
        },
    ),
]
