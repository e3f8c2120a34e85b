"""What a product's page shows of the product itself: people, money, bodies."""

from dataclasses import dataclass
from decimal import Decimal

from ipd.kernel.money import money
from ipd.models import BudgetMovement, LineBody, Product
from teams.models import Person, Seat


@dataclass(frozen=True)
class Movement:
    """A budget movement as its reader may see it, with what was given so far after it."""

    row: BudgetMovement
    amount: str
    running: str


def find(person: Person):
    """Visible products with everything the page's head names."""
    return Product.objects.visible_to(person).select_related(
        "line", "phase", "process", "team", "row"
    )


def core_team(product: Product) -> list[Seat]:
    """The core seats of today, filled or open, in the process's order of roles."""
    return list(
        Seat.objects.current()
        .filter(team=product.team_id, role__is_core=True)
        .select_related("role", "function", "person", "deputy")
        .order_by("role__order", "pk")
    )


def budget(product: Product, *, granted: bool) -> list[Movement]:
    """The movements in the order of days, with a running total for each currency.

    Without the grant none is read: that money moved, and when, is restricted, too.
    """
    if not granted:
        return []
    totals: dict[str, Decimal] = {}
    movements = []
    for row in product.movements.select_related("phase").order_by("on", "pk"):
        totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.amount
        movements.append(
            Movement(
                row,
                money(row.amount, row.currency, granted=granted),
                money(totals[row.currency], row.currency, granted=granted),
            )
        )
    return movements


def bodies(product: Product) -> list[LineBody]:
    """The bodies that decide for the product's line."""
    return list(LineBody.objects.filter(line=product.line_id).select_related("team"))
