"""Suppliers: the list with their newest scores, and one with its trend and what it delivers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from ipd.kernel.charts import Series, lines
from ipd.models import Part, Product, Source, Supplier, SupplierScore
from ipd.models.parts import PartKind
from ipd.models.suppliers import SourceState
from ipd.models.where_used import products_of
from teams.models import Person

LOW = 75  # a score below it is red, within ten above it amber
SHOWN = 50
SCORES = ("quality", "delivery", "financial")


def tone(score: int | None) -> str:
    if score is None:
        return "none"
    return "off" if score < LOW else "risk" if score < LOW + 10 else "on"


NEWEST = SupplierScore.objects.filter(supplier=OuterRef("pk")).order_by("-month")
ALONE = {"part__kind": PartKind.PART, "part__approved_sources": 1}  # what an index answers


@dataclass(frozen=True)
class Delivered:
    """How many visible parts a supplier is approved for, and for how many of them alone."""

    parts: int = 0
    alone: int = 0


def approved_for(person: Person) -> QuerySet[Source]:
    """Approved sources of the parts the reader sees."""
    seen = Product.objects.visible_to(person).filter(pk=OuterRef("part__product"))
    return Source.objects.filter(
        Q(part__product=None) | Exists(seen), state=SourceState.APPROVED
    ).order_by()


def delivered(person: Person, supplier_ids: Iterable[int]) -> dict[int, Delivered]:
    """Counts of these suppliers, in one statement over their sources."""
    rows = approved_for(person).filter(supplier__in=list(supplier_ids)).values_list("supplier")
    rows = rows.annotate(parts=Count("pk"), alone=Count("pk", filter=Q(**ALONE)))
    return {supplier: Delivered(parts, alone) for supplier, parts, alone in rows}


def alone_with(person: Person) -> dict[int, int]:
    """For how many of the parts the reader sees each supplier is the only one, of all suppliers."""
    rows = approved_for(person).filter(**ALONE).values_list("supplier")
    return dict(rows.annotate(alone=Count("pk")))


def listed(person: Person, *, text: str = "", sort: str = "name") -> list[int]:
    """Numbers of the suppliers of a filter, in their order."""
    rows = Supplier.objects.order_by("name", "pk")
    for word in text.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(code__istartswith=word))
    if sort == "delivery":
        rows = rows.order_by(Subquery(NEWEST.values("delivery")[:1]).asc(), "name", "pk")
    found = list(rows.values_list("pk", flat=True))
    if sort == "alone":
        counted = alone_with(person)
        found.sort(key=lambda pk: -counted.get(pk, 0))  # those alike stay by name
    return found


def shown(person: Person, supplier_ids: Iterable[int]) -> list[tuple[Supplier, Delivered]]:
    """These suppliers with their newest scores and what they deliver, in two queries."""
    newest = {name: Subquery(NEWEST.values(name)[:1]) for name in SCORES}
    rows = Supplier.objects.annotate(**newest).in_bulk(list(supplier_ids))
    counted = delivered(person, supplier_ids)
    return [(rows[pk], counted.get(pk, Delivered())) for pk in supplier_ids if pk in rows]


def trend(supplier: Supplier, scores: list[SupplierScore]):
    """The three scores month by month, as a chart with its table."""
    if not scores:
        return ""
    named = {"quality": _("Quality"), "delivery": _("Delivery"), "financial": _("Financial")}
    return lines(
        [
            Series(word, [(row.month, getattr(row, key)) for row in scores], dots=True)
            for key, word in named.items()
        ],
        title=_("Scores of %(supplier)s") % {"supplier": supplier.name},
        about=_("Quality, delivery and financial score by month, 0 to 100."),
        place=_("Month"),
        most=100,
    )


def delivers(person: Person, supplier: Supplier) -> list[Source]:
    """The visible parts it is a source of, the most exposed first; fifty and one."""
    return list(
        Source.objects.filter(supplier=supplier, part__in=Part.objects.visible_to(person))
        .select_related("part")
        .order_by(F("part__gap_weeks").desc(nulls_last=True), "part__code")[: SHOWN + 1]
    )


def products_behind(person: Person, sources: list[Source]) -> list[Product]:
    """The visible products that need any of these parts."""
    found = products_of(source.part_id for source in sources)
    ids = set().union(*found.values()) if found else set()
    return list(Product.objects.visible_to(person).filter(pk__in=ids).order_by("code"))
