"""The calendar of gates to come: what is booked, for which body, and what is late."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gates.models import Review
from ipd.kernel import keyset
from ipd.kernel.days import today
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


def facets(person: Person) -> list[Facet]:
    """What there is to choose from, counted in one query."""
    rows = (
        _open(person)
        .order_by()
        .values_list(
            "product__line__code",
            "product__line__name",
            "gate__chain__code",
            "gate__chain__name",
            "body__code",
            "body__name",
        )
        .annotate(total=Count("pk"), late=Count("pk", filter=_late()))
    )
    return [Facet(*row) for row in rows]


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
