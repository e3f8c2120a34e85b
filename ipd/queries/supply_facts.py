"""Facts of supply for many products at once, each in one statement down their bills of material.

A single-source part is a bought part with exactly one approved source. A plan is an action that
is open and owned, for the product or for all. A module is a board or an assembly.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from ipd.models.where_used import DOWN

# Codes that a detail names before it says "and more".
NAMED = 5
SINGLE = "part.kind = 'part' AND part.approved_sources = 1"
PLANNED = """EXISTS (SELECT FROM ipd_supplyaction AS action WHERE action.part_id = part.id
    AND action.state IN ('planned', 'running') AND action.owner_id IS NOT NULL
    AND (action.product_id IS NULL OR action.product_id = down.product))"""
# A last-time buy is not asked for where the part is designed out or replaced.
AVOIDED = """EXISTS (SELECT FROM ipd_supplyaction AS action WHERE action.part_id = part.id
    AND action.state IN ('planned', 'running', 'done') AND action.owner_id IS NOT NULL
    AND action.rung IN ('second_source', 'redesign', 'drop')
    AND (action.product_id IS NULL OR action.product_id = down.product))"""
SIZED = """EXISTS (SELECT FROM ipd_lasttimebuy AS buy
    WHERE buy.part_id = part.id AND buy.product_id = down.product)"""
SHARE = """
WITH RECURSIVE {down}
SELECT down.product, count(*) FILTER (WHERE {good}), count(*),
    (array_agg(part.code ORDER BY part.code) FILTER (WHERE NOT ({good})))[1:{named}]
FROM down JOIN ipd_part AS part ON part.id = down.part
WHERE {of} GROUP BY down.product
"""
EXPOSURE = """
WITH RECURSIVE {down}, weekly AS (
    SELECT DISTINCT ON (product_id) product_id, weekly FROM ipd_productcontribution
    WHERE product_id = ANY(%(products)s::bigint[]) AND from_on <= %(day)s
    ORDER BY product_id, from_on DESC
)
SELECT down.product, sum(part.gap_weeks), max(weekly.weekly),
    count(*) FILTER (WHERE part.gap_weeks > 0)
FROM down JOIN ipd_part AS part ON part.id = down.part
LEFT JOIN weekly ON weekly.product_id = down.product
WHERE part.gap_weeks IS NOT NULL GROUP BY down.product
"""
# The first twelve months that are planned, from the day's own on.
PEAK = """
SELECT DISTINCT ON (product_id) product_id, p50, capacity, month, bottleneck
FROM (
    SELECT *, row_number() OVER (PARTITION BY product_id ORDER BY month) AS place
    FROM ipd_demandmonth WHERE product_id = ANY(%(products)s::bigint[])
    AND month >= date_trunc('month', %(day)s::date)
) AS planned
WHERE place <= 12 AND capacity > 0
ORDER BY product_id, p50::numeric / capacity DESC, month
"""


@dataclass(frozen=True)
class Share:
    """`good` of `all` parts of a product, and the first codes of those that are not."""

    good: int
    all: int
    missing: list[str]


def _rows(statement: str, product_ids: Iterable[int], **given) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"products": list(product_ids), **given})
        return cursor.fetchall()


def _share(product_ids: Iterable[int], *, good: str, of: str) -> dict[int, Share]:
    statement = SHARE.format(down=DOWN, good=good, of=of, named=NAMED)
    rows = _rows(statement, product_ids)
    return {product: Share(n, every, codes or []) for product, n, every, codes in rows}


def approved(product_ids: Iterable[int]) -> dict[int, Share]:
    """Bought parts with the status approved, of all bought parts."""
    return _share(product_ids, good="part.status = 'approved'", of="part.kind = 'part'")


def single(product_ids: Iterable[int]) -> dict[int, Share]:
    """Bought parts with one approved source, of all bought parts."""
    return _share(product_ids, good=SINGLE, of="part.kind = 'part'")


def single_planned(product_ids: Iterable[int]) -> dict[int, Share]:
    """Single-source parts with a plan, of all single-source parts."""
    return _share(product_ids, good=PLANNED, of=SINGLE)


def single_known(product_ids: Iterable[int]) -> dict[int, Share]:
    """Single-source parts whose recovery and survival are both known."""
    return _share(product_ids, good="part.gap_weeks IS NOT NULL", of=SINGLE)


def red_planned(product_ids: Iterable[int]) -> dict[int, Share]:
    """Parts that would be missing before they are back, with a plan, of all such."""
    return _share(product_ids, good=PLANNED, of="part.gap_weeks > 0")


def make_or_buy(product_ids: Iterable[int]) -> dict[int, Share]:
    """Modules with a decision whether to make or buy them, of all modules."""
    return _share(product_ids, good="part.make_buy <> ''", of="part.kind <> 'part'")


def classed(product_ids: Iterable[int]) -> dict[int, Share]:
    """Bought parts with a Kraljic class, of all bought parts."""
    return _share(product_ids, good="part.kraljic <> ''", of="part.kind = 'part'")


def last_buys(product_ids: Iterable[int]) -> dict[int, Share]:
    """Parts in last-time buy with a kept quantity, of those that are not designed out."""
    of = f"part.status = 'ltb' AND NOT {AVOIDED}"
    return _share(product_ids, good=SIZED, of=of)


@dataclass(frozen=True)
class Exposed:
    """Weeks at risk summed over a product's parts, and its weekly contribution (money)."""

    weeks: Decimal
    weekly: Decimal | None
    red: int

    @property
    def amount(self) -> Decimal | None:
        return None if self.weekly is None else self.weeks * self.weekly


def exposed(product_ids: Iterable[int], day: date) -> dict[int, Exposed]:
    """Exposure of each product's own contribution, over all of its parts with known weeks."""
    rows = _rows(EXPOSURE.format(down=DOWN), product_ids, day=day)
    return {product: Exposed(weeks, weekly, red) for product, weeks, weekly, red in rows}


@dataclass(frozen=True)
class Peak:
    """The fullest of the first twelve months that are planned."""

    p50: int
    capacity: int
    month: date
    bottleneck: str


def peaks(product_ids: Iterable[int], day: date) -> dict[int, Peak]:
    """Of the first twelve planned months from `day` on the one that fills its capacity most."""
    return {row[0]: Peak(*row[1:]) for row in _rows(PEAK, product_ids, day=day)}


# One product's shares at once, for its page: the same conditions, one walk down.
OVERVIEW = """
WITH RECURSIVE {down}
SELECT
    count(*) FILTER (WHERE part.kind = 'part'),
    count(*) FILTER (WHERE part.kind = 'part' AND part.status = 'approved'),
    count(*) FILTER (WHERE part.kind = 'part' AND part.kraljic <> ''),
    count(*) FILTER (WHERE part.kind <> 'part'),
    count(*) FILTER (WHERE part.kind <> 'part' AND part.make_buy <> ''),
    count(*) FILTER (WHERE {single}),
    count(*) FILTER (WHERE {single} AND {planned}),
    count(*) FILTER (WHERE {single} AND part.gap_weeks IS NOT NULL),
    count(*) FILTER (WHERE part.status = 'ltb' AND NOT {avoided}),
    count(*) FILTER (WHERE part.status = 'ltb' AND NOT {avoided} AND {sized}),
    count(*) FILTER (WHERE part.gap_weeks > 0),
    count(*) FILTER (WHERE part.gap_weeks > 0 AND {planned}),
    sum(part.gap_weeks),
    array_agg(part.id)
FROM down JOIN ipd_part AS part ON part.id = down.part
"""


@dataclass(frozen=True)
class Overview:
    """Counts over one product's bill of material.

    weeks   at risk, summed; None without any known
    ids     of all its parts, whoever may see them; None without any
    """

    parts: int
    approved: int
    classed: int
    modules: int
    decided: int
    single: int
    planned: int
    known: int
    last_buys: int
    sized: int
    red: int
    red_planned: int
    weeks: Decimal | None
    ids: list[int] | None


def overview(product_id: int) -> Overview:
    """All counts of one product, in one statement."""
    statement = OVERVIEW.format(
        down=DOWN, single=SINGLE, planned=PLANNED, avoided=AVOIDED, sized=SIZED
    )
    return Overview(*_rows(statement, [product_id])[0])
