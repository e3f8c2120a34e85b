"""Drawing on a product's risk reserve, for a risk that is named, inside the limits."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import authority, movements
from ipd.actions.movements import Part
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.models import BudgetAllocation, BudgetMovement, Product
from ipd.models.money import CostType, MovementKind
from ipd.queries import budgets
from teams.models import Function, Person


@transaction.atomic
def draw(
    product: Product,
    *,
    amount: Decimal,
    function: Function,
    cost_type: str,
    risk: str,
    reason: str,
    by: Person,
    resolution: str = "",
) -> BudgetMovement:
    """Move money from the risk reserve to a line; the budget as a whole stays the same.

    Refused for more than is left of the reserve, for what the person's level may not release
    (this draw, or with all draws so far), and the second time for one cause.
    """
    product = movements.locked(product)
    if amount <= 0 or cost_type == CostType.RESERVE:
        raise Refused(_("Say how much is drawn, and for which cost."))
    if not risk.strip():
        raise Refused(_("Name the risk that the reserve is drawn for."))
    reserve = budgets.reserve(product)
    if amount > reserve.left:
        raise Refused(_("The risk reserve has less left than that."))
    limit = authority.cover(
        product,
        "release_reserve",
        amount=amount,
        percent=reserve.percent_after(amount),
        by=by,
        resolution=resolution,
    )
    held = BudgetAllocation.objects.filter(
        movement__product=product, cost_type=CostType.RESERVE
    ).select_related("function", "phase")
    source = held.order_by("pk").first()
    month = today().replace(day=1)
    said = [reason.strip(), resolution.strip(), _("level %(level)d") % {"level": limit.level}]
    return movements.append(
        product,
        kind=MovementKind.RESERVE,
        amount=Decimal(0),
        reference=risk.strip(),
        reason=" · ".join(filter(None, said))[:500],
        parts=[
            Part(source.function, CostType.RESERVE, month, -amount, source.phase),
            Part(function, cost_type, month, amount, product.phase),
        ],
        by=by,
    )
