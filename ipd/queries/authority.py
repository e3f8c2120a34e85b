"""Delegation of authority: which level a person holds on a product, and who holds the others."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from ipd.kernel.money import money
from ipd.models import AuthorityLimit, Product
from ipd.models.rates import company_currency
from teams.models import Person, Seat


@dataclass(frozen=True)
class Level:
    """One limit with the people who hold it today; nobody, where a body decides as a whole."""

    row: AuthorityLimit
    holders: tuple[Person, ...]
    deputies: tuple[Person, ...]

    @property
    def needs_resolution(self) -> bool:
        return not self.row.role

    def covers(self, amount: Decimal) -> bool:
        return self.row.limit is None or amount <= self.row.limit

    def held_by(self, person: Person) -> bool:
        return person in self.holders or person in self.deputies

    def __str__(self):
        """Who may, and up to what: shown to people who see the product's money."""
        if self.needs_resolution:
            who = _("%(body)s by a resolution") % {"body": self.row.body_kind}
        elif self.holders:
            who = ", ".join(person.name for person in self.holders)
        else:
            who = _("%(role)s (the seat is open)") % {"role": self.row.role}
        if self.row.limit is None:
            return _("%(who)s without a limit") % {"who": who}
        limit = money(self.row.limit, company_currency(), granted=True)
        return _("%(who)s up to %(limit)s") % {"who": who, "limit": limit}


def levels(product: Product, act: str) -> list[Level]:
    """The levels of an act on a product, from the lowest, with today's holders; two queries.

    A deputy stands in for the holder in the product's team as long as the seat runs; in a
    body only the holder counts. A seat that has ended gives no authority.
    """
    rows = list(
        AuthorityLimit.objects.filter(process=product.process_id, act=act).order_by("level", "pk")
    )
    seats = list(
        Seat.objects.current()
        .filter(Q(team=product.team_id) | Q(team__bodies__line=product.line_id))
        .filter(role__code__in=[row.role for row in rows if row.role])
        .select_related("team", "role", "person", "deputy")
        .distinct()
    )
    return [Level(row, *_people(row, seats, product)) for row in rows]


def _people(row: AuthorityLimit, seats: list[Seat], product: Product):
    held = [
        seat
        for seat in seats
        if seat.role.code == row.role
        and (
            seat.team.kind == row.body_kind and seat.team_id != product.team_id
            if row.body_kind
            else seat.team_id == product.team_id
        )
    ]
    holders = tuple(seat.person for seat in held if seat.person)
    deputies = tuple(seat.deputy for seat in held if seat.deputy and not row.body_kind)
    return holders, deputies


def own(found: list[Level], person: Person) -> Level | None:
    """The highest level that the person holds."""
    held = [level for level in found if not level.needs_resolution and level.held_by(person)]
    return max(held, key=lambda level: level.row.level, default=None)


def covering(found: list[Level], amount: Decimal) -> Level | None:
    """The lowest level whose limit covers an amount and that somebody holds, or a body is."""
    for level in found:
        if level.covers(amount) and (level.needs_resolution or level.holders):
            return level
    return None
