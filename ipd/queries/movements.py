"""Budget movements of a product with a running total, their parts, and the draws on its reserve."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef

from ipd.models import BudgetAllocation, BudgetMovement, Product
from ipd.models.money import CostType, MovementKind


@dataclass(frozen=True)
class Moved:
    """A movement, what was given up to it in its currency, and whether its parts are named."""

    row: BudgetMovement
    running: Decimal

    @property
    def parts(self) -> int:
        return self.row.part_count


def of(product: Product) -> list[Moved]:
    """All movements in the order of days; one query."""
    totals: dict[str, Decimal] = {}
    found = []
    rows = product.movements.select_related("phase", "entered_by")
    for row in rows.annotate(part_count=Count("allocations")).order_by("on", "pk"):
        totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.amount
        found.append(Moved(row, totals[row.currency]))
    return found


def parts(movement: BudgetMovement) -> list[BudgetAllocation]:
    """The parts of a movement by line and month."""
    rows = movement.allocations.select_related("function", "phase")
    return list(rows.order_by("cost_type", "function__code", "month"))


@dataclass(frozen=True)
class Draw:
    """One draw on the reserve: what it took, and for which line."""

    row: BudgetMovement
    amount: Decimal
    function: str
    cost_type: str


def draws(product: Product) -> list[Draw]:
    """The draws on the product's reserve, the newest first; two queries."""
    taken = BudgetAllocation.objects.filter(movement=OuterRef("pk"), cost_type=CostType.RESERVE)
    rows = (
        product.movements.filter(Exists(taken), kind=MovementKind.RESERVE)
        .select_related("entered_by")
        .prefetch_related("allocations__function")
        .order_by("-on", "-pk")
    )
    found = []
    for row in rows:
        given = [part for part in row.allocations.all() if part.cost_type != CostType.RESERVE]
        found.append(
            Draw(
                row,
                sum((part.amount for part in given), Decimal(0)),
                ", ".join(sorted({part.function.name for part in given})),
                ", ".join(sorted({str(part.get_cost_type_display()) for part in given})),
            )
        )
    return found
