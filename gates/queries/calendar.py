"""The calendar of gates to come: what is booked, for which body, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from gates.models import Review
from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.models import Product
from teams.models import Person

PAGE = 100
# Days only rise, so what is late comes first by itself.
LATE_FIRST = ["planned_on", "pk"]
NARROWED_BY = {"line": "product__line__code", "chain": "gate__chain__code", "body": "body__code"}


@dataclass(frozen=True)
class Facet:
    """How many open reviews there are of a line, a chain and a body, and how many are late."""

    line: str
    line_name: str
    chain: str
    chain_name: str
    body: str
    body_name: str
    total: int
    late: int


# What may be seen is read once as a set; looked up for each review, it would be the whole cost.
FACETS = """
WITH seen AS MATERIALIZED ({seen}), review AS ({open}), counted AS (
    SELECT seen.line_id, gate.chain_id, review.body_id, count(*) AS total,
        count(*) FILTER (WHERE review.planned_on < %s) AS late
    FROM review JOIN seen ON seen.id = review.product_id
    JOIN gates_gatedefinition AS gate ON gate.id = review.gate_id
    GROUP BY seen.line_id, gate.chain_id, review.body_id
)
SELECT line.code, line.name, chain.code, chain.name, body.code, body.name, total, late
FROM counted JOIN ipd_productline AS line ON line.id = counted.line_id
JOIN gates_chain AS chain ON chain.id = counted.chain_id
JOIN teams_team AS body ON body.id = counted.body_id
"""


def facets(person: Person) -> list[Facet]:
    """What there is to choose from, counted in one query."""
    if person.is_anonymous:
        return []
    seen = Product.objects.visible_to(person).order_by().values("id", "line_id")
    rows = Review.objects.open().real().order_by()
    seen_sql, of_seen = seen.query.sql_with_params()
    open_sql, of_open = rows.values(
        "product_id", "gate_id", "body_id", "planned_on"
    ).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FACETS.format(seen=seen_sql, open=open_sql), [*of_seen, *of_open, today()])
        return [Facet(*row) for row in cursor.fetchall()]


def choices(found: Iterable[Facet], name: str) -> list[tuple[str, str]]:
    """The values of one property with their names, each once."""
    return sorted({(getattr(facet, name), getattr(facet, f"{name}_name")) for facet in found})


def page(person: Person, wanted: dict[str, str], after: str = "") -> keyset.Slice:
    """Open reviews under the filter by their day, from behind the cursor."""
    rows = _open(person).select_related("product__line", "gate__chain", "body")
    rows = rows.filter(
        **{field: wanted[name] for name, field in NARROWED_BY.items() if name in wanted}
    )
    if wanted.get("show") == "late":
        rows = rows.filter(_late())
    return keyset.part(rows, LATE_FIRST, after=after, size=PAGE)


def _open(person: Person) -> QuerySet[Review]:
    return Review.objects.open().real().visible_to(person)


def _late() -> Q:
    return Q(planned_on__lt=today())
