# ruff: noqa: S608 the statement is put together from constants of this module
"""What was given, promised and spent, row by row in the company's currency: one source for all.

Every sum of money (a product's lines, its months, the earned value, what a gate takes back)
groups these rows; available = budget − actual − open commitments is said once, here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from ipd.models.money import CostType, MovementKind
from ipd.models.rates import company_currency

HELD = f"('{MovementKind.FREEZE}', '{MovementKind.THAW}')"


def company_amount(amount: str, currency: str, day: str) -> str:
    """SQL: an amount at the budget rate of its day; null where no rate is known."""
    return f"""CASE WHEN {currency} = %(company)s THEN {amount} ELSE round({amount} / (
        SELECT r.units FROM ipd_rate r WHERE r.kind = 'budget' AND r.currency = {currency}
        AND r.valid_from <= {day} ORDER BY r.valid_from DESC LIMIT 1), 2) END"""


PAID = f"""SELECT sum({company_amount("p.amount", "p.currency", "p.month")})
    FROM ipd_actual p WHERE p.commitment_id = c.id"""
# A part that is dated before its movement is at the movement's rate: it is the same money.
# The parts of each movement are looked up in the index: joined as a set, all parts of all
# products are read (OFFSET 0 keeps the planner from making such a join of it).
FACTS = f"""
SELECT m.product_id, coalesce(b.phase_id, m.phase_id) AS phase_id, b.function_id, b.cost_type,
    b.month, m.on AS day, m.currency, 'budget' AS what, m.kind,
    {company_amount("b.amount", "m.currency", "m.on")} AS amount
FROM ipd_budgetmovement m CROSS JOIN LATERAL (
    SELECT * FROM ipd_budgetallocation WHERE movement_id = m.id OFFSET 0
) b WHERE m.product_id = ANY(%(products)s)
UNION ALL
SELECT m.product_id, m.phase_id, NULL, '', date_trunc('month', m.on)::date, m.on, m.currency,
    'budget', m.kind, {company_amount("m.amount", "m.currency", "m.on")}
FROM ipd_budgetmovement m WHERE m.product_id = ANY(%(products)s)
    AND NOT EXISTS (SELECT FROM ipd_budgetallocation b WHERE b.movement_id = m.id)
UNION ALL
SELECT a.product_id, a.phase_id, a.function_id, a.cost_type, a.month, a.month, a.currency,
    'actual', '', {company_amount("a.amount", "a.currency", "a.month")}
FROM ipd_actual a WHERE a.product_id = ANY(%(products)s)
UNION ALL
SELECT c.product_id, c.phase_id, c.function_id, c.cost_type, date_trunc('month', c.on)::date,
    c.on, c.currency, 'committed', '', {company_amount("c.amount", "c.currency", "c.on")}
    - least({company_amount("c.amount", "c.currency", "c.on")}, coalesce(({PAID}), 0))
FROM ipd_commitment c WHERE c.product_id = ANY(%(products)s) AND c.closed_on IS NULL
"""
# What facts may be grouped by: columns, and on which side of a day they lie.
GROUPS = {
    name: name for name in ("product_id", "phase_id", "function_id", "cost_type", "month", "kind")
} | {"is_booked": "what <> 'budget' OR day <= %(day)s", "is_due": "month <= %(day)s"}


@dataclass
class Sums:
    """What a group of facts adds up to; `missing` are currencies without a rate, left out.

    frozen   of the budget, what a hold took (negative) and a go gave back
    planned  of the budget, what is broken down to months
    """

    budget: Decimal = Decimal(0)
    frozen: Decimal = Decimal(0)
    planned: Decimal = Decimal(0)
    actual: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    missing: set[str] = field(default_factory=set)

    @property
    def available(self) -> Decimal:
        """Current budget − actual − open commitments; negative when more is gone than was given."""
        return self.budget - self.actual - self.committed

    @property
    def is_empty(self) -> bool:
        return not (self.budget or self.actual or self.committed or self.missing)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.budget + other.budget,
            self.frozen + other.frozen,
            self.planned + other.planned,
            self.actual + other.actual,
            self.committed + other.committed,
            self.missing | other.missing,
        )


def grouped(
    product_ids: Iterable[int],
    by: tuple[str, ...],
    *,
    last: date | None = None,
    booked_by: date | None = None,
    day: date | None = None,
) -> dict[tuple, Sums]:
    """The sums of these products' facts for each combination of `by`, in one query.

    last       only what is for months up to this day's
    booked_by  only movements of that day or earlier
    day        what `is_booked` (movements of that day or earlier) and `is_due` compare with
    """
    unknown = set(by) - GROUPS.keys()
    if unknown:
        raise ValueError(f"Money is not grouped by {', '.join(unknown)}.")
    columns = ", ".join(GROUPS[name] for name in by)
    where = ["true"]
    if last is not None:
        where.append("month <= %(last)s")
    if booked_by is not None:
        where.append("(what <> 'budget' OR day <= %(booked_by)s)")
    statement = f"""SELECT {columns}, coalesce(sum(amount) FILTER (WHERE what = 'budget'), 0),
        coalesce(sum(amount) FILTER (WHERE what = 'budget' AND kind IN {HELD}), 0),
        coalesce(sum(amount) FILTER (WHERE what = 'budget' AND function_id IS NOT NULL), 0),
        coalesce(sum(amount) FILTER (WHERE what = 'actual'), 0),
        coalesce(sum(amount) FILTER (WHERE what = 'committed'), 0),
        coalesce(array_agg(DISTINCT currency::text) FILTER (WHERE amount IS NULL), '{{}}')
        FROM ({FACTS}) AS facts WHERE {" AND ".join(where)} GROUP BY {columns}"""
    values = {
        "products": list(product_ids),
        "company": company_currency(),
        "last": last,
        "booked_by": booked_by,
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        width = len(by)
        return {
            row[:width]: Sums(*row[width : width + 5], set(row[width + 5]))
            for row in cursor.fetchall()
        }


def totals(product_ids: Iterable[int], **limits) -> dict[int, Sums]:
    """The sums of each product that has any."""
    return {key[0]: sums for key, sums in grouped(product_ids, ("product_id",), **limits).items()}


@dataclass
class Standing:
    """A product's money: all of it, what was booked by a day, and what of that was due by then."""

    now: Sums = field(default_factory=Sums)
    booked: Sums | None = None
    due: Sums | None = None


def standings(product_ids: Iterable[int], day: date) -> dict[int, Standing]:
    """How each product that has money stands by a day, from one pass over the facts."""
    found: dict[int, Standing] = {}
    rows = grouped(product_ids, ("product_id", "is_booked", "is_due"), day=day)
    for (product, is_booked, is_due), sums in rows.items():
        one = found.setdefault(product, Standing())
        one.now += sums
        if is_booked:
            one.booked = sums + (one.booked or Sums())
            if is_due:
                one.due = sums
    return found


def label_of(cost_type: str) -> str:
    """A cost type in words; blank for money that is not broken down."""
    return str(CostType(cost_type).label) if cost_type else ""
