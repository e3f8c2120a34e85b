"""Moving budget: given, transferred, broken down to lines. Appended, never edited.

What a gate's decision moves is the gate's own action; it appends through `append`, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import BudgetAllocation, BudgetMovement, Phase, Product
from ipd.models.money import MovementKind
from ipd.models.rates import company_currency
from ipd.queries import budgets
from teams.models import Function, Person

ZERO = Decimal(0)


@dataclass(frozen=True)
class Part:
    """A share of a movement for a function, a cost type and a month."""

    function: Function
    cost_type: str
    month: date
    amount: Decimal
    phase: Phase | None = None
    region: str = ""


def locked(product: Product) -> Product:
    """The product's fresh row; of two who move or commit its money one waits for the other."""
    rows = Product.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("phase", "line").get(pk=product.pk)


@transaction.atomic
def append(
    product: Product,
    *,
    kind: str,
    amount: Decimal,
    reference: str,
    by: Person | None,
    currency: str = "",
    phase: Phase | None = None,
    reason: str = "",
    parts: Iterable[Part] = (),
) -> BudgetMovement:
    """Append a movement with its parts, and enter it in the ledger.

    Refused when its cause has moved money of this kind before, or the parts make another sum.
    """
    parts = list(parts)
    if BudgetMovement.objects.filter(product=product, kind=kind, reference=reference).exists():
        raise Refused(_("“%(cause)s” has moved this money already.") % {"cause": reference})
    movement = BudgetMovement.objects.create(
        product=product,
        on=today(),
        kind=kind,
        amount=amount,
        currency=currency or company_currency(),
        phase=phase or product.phase,
        reference=reference,
        reason=reason,
        entered_by=by,
    )
    _add_parts(movement, parts)
    ledger.record(
        kind="budget moved",
        subject=f"product:{product.pk}",
        body={
            "movement": movement.pk,
            "kind": kind,
            "amount": amount,
            "currency": movement.currency,
            "reference": reference,
            "reason": reason,
        },
        by=by,
    )
    touch([product.pk])
    return movement


def _add_parts(movement: BudgetMovement, parts: list[Part]) -> None:
    if not parts:
        return
    if sum((part.amount for part in parts), ZERO) != movement.amount:
        raise Refused(_("The parts do not make the amount of the movement."))
    BudgetAllocation.objects.bulk_create(
        BudgetAllocation(
            movement=movement,
            function=part.function,
            cost_type=part.cost_type,
            phase=part.phase,
            region=part.region,
            month=part.month.replace(day=1),
            amount=part.amount,
        )
        for part in parts
    )


@transaction.atomic
def break_down(movement: BudgetMovement, parts: Iterable[Part], *, by: Person) -> None:
    """Say what a movement is for, once and wholly. Refused for other sums, and the second time."""
    locked(movement.product)
    if movement.allocations.exists():
        raise Refused(_("This movement is broken down already; a transfer moves its parts."))
    _add_parts(movement, list(parts))
    touch([movement.product_id])


@transaction.atomic
def transfer(
    giver: Product, taker: Product, *, amount: Decimal, cause: str, reason: str, by: Person
) -> tuple[BudgetMovement, BudgetMovement]:
    """Move money from one product to another: two movements with one cause.

    Refused from a product to itself, for nothing, and for more than the giver has free.
    """
    if giver.pk == taker.pk:
        raise Refused(_("Money is moved to another product."))
    if amount <= 0:
        raise Refused(_("Say how much is moved."))
    # Both rows are locked in one order, so that two transfers across never wait for each other.
    rows = {pk: locked(Product(pk=pk)) for pk in sorted((giver.pk, taker.pk))}
    giver, taker = rows[giver.pk], rows[taker.pk]
    if amount > budgets.released(giver, budgets.facts(giver)):
        raise Refused(_("%(product)s has less available than that.") % {"product": giver.code})
    told = {"kind": MovementKind.TRANSFER, "reference": cause, "reason": reason, "by": by}
    return (
        append(giver, amount=-amount, **told),
        append(taker, amount=amount, **told),
    )
