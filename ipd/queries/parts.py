"""The list of parts at any length, the tree above one, and what a product is made of."""

import csv
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from ipd.kernel.keyset import Slice, part
from ipd.models import Part, Product, Source
from ipd.models.parts import SCORES, PartKind
from ipd.models.where_used import parts_of, tree
from teams.models import Person

PAGE = 50
# The word of a sort in the address → the keys of the list.
SORTS = {"code": ("code",), "name": ("name", "pk")}


def found(
    person: Person,
    *,
    kind="",
    status="",
    kraljic="",
    sources="",
    supplier=None,
    product=None,
    text="",
) -> QuerySet[Part]:
    """The visible parts of a filter; `text` is the beginning of a code or words of a name."""
    rows = Part.objects.visible_to(person)
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    if kraljic:
        rows = rows.filter(kraljic=kraljic)
    if sources == "single":
        rows = rows.single_source()
    elif sources == "red":
        rows = rows.exposed()
    elif sources == "none":
        rows = rows.filter(kind=PartKind.PART, approved_sources=0)
    elif sources == "unknown":
        rows = rows.filter(kind=PartKind.PART, gap_weeks=None)
    if supplier is not None:
        delivered = Source.objects.filter(supplier=supplier, part=OuterRef("pk"))
        rows = rows.filter(Exists(delivered))
    if product is not None:
        rows = rows.filter(pk__in=parts_of([product.pk]).get(product.pk, set()))
    for word in text.split()[:5]:
        rows = rows.filter(Q(code__istartswith=word) | Q(name__icontains=word))
    return rows


def page(rows: QuerySet[Part], *, after: str, sort: str = "code") -> Slice:
    """Fifty parts behind the cursor."""
    return part(rows, SORTS.get(sort, SORTS["code"]), after=after, size=PAGE)


@dataclass(frozen=True)
class Above:
    """A line of the tree over a part: an assembly, how deep, how many of what is below it."""

    part: Part
    depth: int
    quantity: Decimal
    products: list[Product]

    @property
    def steps(self) -> range:
        """One for each level above the first."""
        return range(self.depth - 1)


def above(
    person: Person, part: Part, seen: dict[int, Product]
) -> tuple[list[Above], list[Product], bool]:
    """Ways up to the products of `seen`, those that the reader sees; the rest is left out.

    Also the products that have the part as a top, and whether the tree was cut off.
    """
    branches, cut = tree(part.pk)
    rows = Part.objects.visible_to(person).in_bulk({b.part for b in branches if b.depth})

    def products(branch):
        return [seen[pk] for pk in branch.products if pk in seen]

    lines = [
        Above(rows[b.part], b.depth, b.quantity, products(b))
        for b in branches
        if b.depth and b.part in rows
    ]
    return lines, products(branches[0]) if branches else [], cut


def contents(person: Person, assembly: Part):
    """The lines of an assembly whose part the reader sees."""
    return (
        assembly.lines.filter(part__in=Part.objects.visible_to(person))
        .select_related("part")
        .order_by("part__code")
    )


COLUMNS = (
    *("code", "name", "kind", "category", "product__code", "status", "last_order_on", "kraljic"),
    *("make_buy", *SCORES, "make_buy_reason", "lead_weeks", "claimed_ttr", "entered_tts"),
    *("stock", "on_order", "weekly_demand", "pack_size"),
)


def write_csv(rows: QuerySet[Part], file) -> None:
    """The parts as the importer's own table, so that what goes out comes in again."""
    writer = csv.writer(file)
    writer.writerow(name.removesuffix("__code") for name in COLUMNS)
    for values in rows.order_by("code").values_list(*COLUMNS).iterator(chunk_size=5000):
        writer.writerow("" if value is None else _plain(value) for value in values)


def _plain(value):
    """A cell; a figure without trailing zeros, and text that no spreadsheet takes for a formula."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}" if value else value
    return value
