"""Where a part is used and what a product is made of, through assemblies, for many at once.

The walks are recursive and set-wise: UNION keeps each pair once, so that a part reached by
many ways costs no more than by one, and the walk ends whatever the data.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

DEEPEST = 20  # levels of a tree that is drawn; no product comes near it

# A step of a walk looks up one part's lines in the index. Joined as a set, the whole table is
# read at each level: the planner cannot know how few parts a walk meets (OFFSET 0 keeps it from
# making such a join of it). The tops, far fewer, are joined as a set where a walk meets many.
NEEDED = """
up(start, part) AS (
    SELECT id, id FROM ({parts}) AS given
    UNION
    SELECT up.start, line.assembly_id FROM up CROSS JOIN LATERAL (
        SELECT assembly_id FROM ipd_bomline WHERE part_id = up.part OFFSET 0
    ) AS line
),
needed(part, product) AS (SELECT DISTINCT up.start, top.product_id FROM up {tops})"""
TOPS_OF_FEW = """CROSS JOIN LATERAL (
    SELECT product_id FROM ipd_productpart WHERE part_id = up.part OFFSET 0
) AS top"""
TOPS_OF_MANY = "JOIN ipd_productpart AS top ON top.part_id = up.part"


def needed_by(parts: str, *, many: bool = False) -> str:
    """SQL of `needed (part, product)` for the ids a statement gives; after WITH RECURSIVE."""
    return NEEDED.format(parts=parts, tops=TOPS_OF_MANY if many else TOPS_OF_FEW)


# (part, product): every product that needs a part of %(parts)s.
GIVEN = needed_by("SELECT id FROM unnest(%(parts)s::bigint[]) AS id")
UP = f"WITH RECURSIVE {GIVEN} SELECT part, product FROM needed"  # noqa: S608 constants
# The same products once each: a walk from many parts meets every assembly once.
TOUCHED = """
WITH RECURSIVE up(part) AS (
    SELECT id FROM unnest(%(parts)s::bigint[]) AS id
    UNION
    SELECT line.assembly_id FROM up JOIN ipd_bomline AS line ON line.part_id = up.part
)
SELECT DISTINCT top.product_id FROM up JOIN ipd_productpart AS top ON top.part_id = up.part
"""
# (part): everything that goes into any of the products a statement gives, each once.
INSIDE = """
inside(part) AS (
    SELECT part_id FROM ipd_productpart WHERE product_id IN ({products})
    UNION
    SELECT line.part_id FROM inside CROSS JOIN LATERAL (
        SELECT part_id FROM ipd_bomline WHERE assembly_id = inside.part OFFSET 0
    ) AS line
)"""


def inside_of(products: str) -> str:
    """SQL of `inside (part)` for the product ids a statement gives; after WITH RECURSIVE."""
    return INSIDE.format(products=products)


# (product, part): everything that goes into %(products)s; for use after WITH RECURSIVE.
DOWN = """
down(product, part) AS (
    SELECT product_id, part_id FROM ipd_productpart WHERE product_id = ANY(%(products)s::bigint[])
    UNION
    SELECT down.product, line.part_id FROM down
    JOIN ipd_bomline AS line ON line.assembly_id = down.part
)"""
BELOW = """
WITH RECURSIVE below(part) AS (
    SELECT part_id FROM ipd_bomline WHERE assembly_id = %(part)s
    UNION
    SELECT line.part_id FROM below JOIN ipd_bomline AS line ON line.assembly_id = below.part
)
SELECT part FROM below
"""
# The ways up from one part, with levels and quantities, in the order of a drawn tree.
TREE = """
WITH RECURSIVE up(part, way, depth, quantity) AS (
    SELECT id, ARRAY[id], 0, 1::numeric FROM unnest(ARRAY[%(part)s::bigint]) AS id
    UNION ALL
    SELECT line.assembly_id, up.way || line.assembly_id, up.depth + 1, line.quantity
    FROM up JOIN ipd_bomline AS line ON line.part_id = up.part
    WHERE up.depth < %(deepest)s
)
SELECT part, depth, quantity, ARRAY(
    SELECT product_id FROM ipd_productpart AS top WHERE top.part_id = up.part
) FROM up ORDER BY way LIMIT %(limit)s
"""


def _rows(statement: str, **given) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def products_of(part_ids: Iterable[int]) -> dict[int, set[int]]:
    """The products that need each part, whoever may see them: callers filter."""
    found: dict[int, set[int]] = defaultdict(set)
    for part, product in _rows(UP, parts=list(part_ids)):
        found[part].add(product)
    return found


def parts_of(product_ids: Iterable[int]) -> dict[int, set[int]]:
    """The parts, boards and assemblies that each product is made of."""
    found: dict[int, set[int]] = defaultdict(set)
    statement = f"WITH RECURSIVE {DOWN} SELECT product, part FROM down"  # noqa: S608 a constant
    for product, part in _rows(statement, products=list(product_ids)):
        found[product].add(part)
    return found


def below(part_id: int) -> set[int]:
    """All that goes into an assembly, at any level."""
    return {row[0] for row in _rows(BELOW, part=part_id)}


def touched_by(part_ids: Iterable[int]) -> set[int]:
    """All products that need any of the parts: those whose figures a change moves."""
    return {row[0] for row in _rows(TOUCHED, parts=list(part_ids))}


@dataclass(frozen=True)
class Branch:
    """One line of the tree above a part: an assembly it goes into (the part itself at depth 0).

    `products` have it as a top, whoever may see them.
    """

    part: int
    depth: int
    quantity: Decimal
    products: list[int]


def tree(part_id: int, *, limit: int = 500) -> tuple[list[Branch], bool]:
    """The part and the ways up from it, and whether there are more than `limit` lines."""
    rows = _rows(TREE, part=part_id, deepest=DEEPEST, limit=limit + 1)
    return [Branch(*row) for row in rows[:limit]], len(rows) > limit
