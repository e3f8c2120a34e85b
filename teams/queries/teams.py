"""The list of teams, with how well each is covered."""

from django.db.models import Count, OuterRef, Q
from django.db.models.functions import Coalesce

from ipd.kernel import keyset
from ipd.kernel.lists import how_many
from teams.models import Person, Seat
from teams.permissions import visible_teams
from teams.queries.seats import FILLED, STRICT

PAGE = 50
KEYS = ["kind", "code", "pk"]


def kinds(person: Person) -> list[tuple[str, int]]:
    """The kinds of team there are to see, with their number."""
    rows = visible_teams(person).order_by("kind").values_list("kind").annotate(n=Count("pk"))
    return list(rows)


def page(person: Person, *, text: str = "", kind: str = "", after: str = "") -> keyset.Slice:
    """Visible teams by kind and code, with the numbers of their seats of today."""
    rows = visible_teams(person)
    if text:
        rows = rows.filter(Q(code__istartswith=text) | Q(name__icontains=text))
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.annotate(
        seat_count=_seats(Q()), filled_count=_seats(FILLED), strict_count=_seats(STRICT)
    )
    return keyset.part(rows, KEYS, after=after, size=PAGE)


def _seats(which: Q) -> Coalesce:
    return how_many(Seat.objects.current().filter(which, team=OuterRef("pk")), "team")
