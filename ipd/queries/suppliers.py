"""Suppliers: the list with their newest scores, and one with its trend and what it delivers."""

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from ipd.kernel.charts import Series, lines
from ipd.models import Part, Product, Source, Supplier, SupplierScore
from ipd.models.where_used import products_of
from teams.models import Person

LOW = 75  # a score below it is red, within ten above it amber
SHOWN = 50


def tone(score: int | None) -> str:
    if score is None:
        return "none"
    return "off" if score < LOW else "risk" if score < LOW + 10 else "on"


def listed(person: Person, *, text=""):
    """Suppliers with the newest scores and the count of the visible parts they deliver."""
    newest = SupplierScore.objects.filter(supplier=OuterRef("pk")).order_by("-month")
    visible = Q(sources__state="approved", sources__part__in=Part.objects.visible_to(person))
    rows = Supplier.objects.annotate(
        quality=Subquery(newest.values("quality")[:1]),
        delivery=Subquery(newest.values("delivery")[:1]),
        financial=Subquery(newest.values("financial")[:1]),
        parts=Count("sources", filter=visible),
        alone=Count("sources", filter=visible & Q(sources__part__approved_sources=1)),
    )
    for word in text.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(code__istartswith=word))
    return rows


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
