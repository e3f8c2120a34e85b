"""The portfolio: one row per visible product, its totals, and who leads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ipd.kernel import keyset
from ipd.kernel.days import today
from ipd.models import Product
from teams.models import Person, Seat

PAGE = 50
NEVER = date(9999, 12, 31)
# Worst first: what is off track is what a board looks for.
STATES = {
    "off": _("Off track"),
    "risk": _("At risk"),
    "info": _("In review"),
    "on": _("On track"),
    "none": _("No data"),
}
SEVERITY = list(STATES)
KEYS = {
    "name": ["name", "pk"],
    "gate": ["gate_key", "pk"],
    "state": ["state_key", "gate_key", "pk"],
    "debt": ["overdue_key", "open_key", "pk"],
}


@dataclass(frozen=True)
class Facet:
    """How many visible products share these properties, and how many of them match the text."""

    line: str
    line_name: str
    phase: str
    phase_name: str
    phase_order: int
    status: str
    state: str
    total: int
    matching: int


def facets(person: Person, text: str = "") -> list[Facet]:
    """Choices and totals of the whole visible portfolio, in one query."""
    products = _with_keys(Product.objects.visible_to(person))
    rows = (
        products.order_by()
        .values_list("line__code", "line__name", "phase__code", "phase__name", "phase__order")
        .annotate(in_status=F("status"), in_state=F("state_now"))
        .annotate(total=Count("pk"), matching=Count("pk", filter=_matches(text)))
    )
    return [Facet(*row) for row in rows]


def choices(found: Iterable[Facet]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Lines by code and phases in the order of the process, each once."""
    found = list(found)
    lines = sorted({(facet.line, facet.line_name) for facet in found})
    phases = {facet.phase: (facet.phase_order, facet.phase_name) for facet in found}
    ordered = sorted(phases.items(), key=lambda item: item[1])
    return lines, [(code, name) for code, (_order, name) in ordered]


def totals(found: Iterable[Facet], wanted: dict[str, str]) -> dict[str, int]:
    """Products by state under the filter, the filter by state itself left aside."""
    counted = dict.fromkeys(SEVERITY, 0)
    for facet in found:
        fits = all(
            wanted.get(name) in (None, getattr(facet, name)) for name in ("line", "phase", "status")
        )
        if fits:
            counted[facet.state] += facet.matching
    return counted


def rows(person: Person, wanted: dict[str, str], after: str = "") -> keyset.Slice:
    """A page of products under the filter, in its order, with everything a row shows."""
    products = _with_keys(Product.objects.visible_to(person)).select_related("line", "phase", "row")
    products = products.filter(_matches(wanted.get("q", "")))
    named = {"line": "line__code", "phase": "phase__code", "status": "status", "state": "state_now"}
    products = products.filter(
        **{field: wanted[name] for name, field in named.items() if name in wanted}
    )
    keys = KEYS[wanted.get("sort", "gate")]
    if wanted.get("group") == "line":
        keys = ["line__code", *keys]
    page = keyset.part(products, keys, after=after, size=PAGE)
    leads = lead_seats(product.team_id for product in page.rows)
    day = today()
    for product in page.rows:
        due = getattr(getattr(product, "row", None), "next_gate_on", None)
        product.lead = leads.get(product.team_id)
        product.late_days = max(0, (day - due).days) if due else 0
        product.state_word = STATES[product.state_now]
    return page


def lead_seats(teams: Iterable[int]) -> dict[int, Seat]:
    """The seat that leads each team: the first core seat in the process's order of roles."""
    seats = (
        Seat.objects.current()
        .filter(team__in=list(teams), role__is_core=True)
        .select_related("person")
        .order_by("team_id", "role__order", "pk")
        .distinct("team_id")
    )
    return {seat.team_id: seat for seat in seats}


def _matches(text: str) -> Q:
    text = text.strip()
    return Q(code__istartswith=text) | Q(name__icontains=text) if text else Q(pk__isnull=False)


def _with_keys(products: QuerySet[Product]) -> QuerySet[Product]:
    return products.annotate(
        state_now=Coalesce("row__state", Value("none"), output_field=CharField()),
        state_key=Case(
            *[When(row__state=state, then=rank) for rank, state in enumerate(SEVERITY)],
            default=len(SEVERITY) - 1,
            output_field=IntegerField(),
        ),
        gate_key=Coalesce("row__next_gate_on", Value(NEVER), output_field=DateField()),
        overdue_key=0 - Coalesce("row__overdue_conditions", 0, output_field=IntegerField()),
        open_key=0 - Coalesce("row__open_conditions", 0, output_field=IntegerField()),
    )
