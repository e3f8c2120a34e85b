"""Purchase orders: made inside limits and the money that is left, and closed when delivered."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ipd.actions import authority, movements
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import AuthorityLimit, Commitment, Phase, Product
from ipd.models.money import CostType
from ipd.models.products import ProductStatus
from ipd.queries import budgets, rates
from teams.models import Function, Person

ACT = "commit_money"


@transaction.atomic
def commit(
    product: Product,
    *,
    reference: str,
    amount: Decimal,
    currency: str,
    function: Function,
    cost_type: str,
    by: Person,
    phase: Phase | None = None,
    supplier: str = "",
    part: str = "",
    purpose: str = "",
    resolution: str = "",
) -> Commitment:
    """Make a purchase order today; it counts from now on.

    Refused, in a sentence that names who may, above the person's authority (together with the
    last weeks' orders to the supplier or for the part); for a phase whose gate has not released
    its money; for more than is left of the product or the line; for a currency without a rate.
    """
    # One person's orders come one after the other: what they split is seen, whatever the product.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    product = movements.locked(product)
    phase = phase or product.phase
    order = {"supplier": supplier.strip(), "part": part.strip()}
    _possible(product, reference, amount, cost_type, phase)
    worth = rates.in_company(amount, currency, today())
    related = _split(product, by=by, **order)
    limit = authority.cover(
        product,
        ACT,
        amount=worth + related,
        by=by,
        resolution=resolution,
        summed=bool(related),
    )
    _affordable(product, worth, function, cost_type)
    made = Commitment.objects.create(
        product=product,
        reference=reference.strip(),
        on=today(),
        purpose=purpose.strip(),
        function=function,
        cost_type=cost_type,
        phase=phase,
        amount=amount,
        currency=currency,
        level=limit.level,
        resolution=resolution.strip() if not limit.role else "",
        by=by,
        **order,
    )
    _record("money committed", made, by=by, company_amount=worth, level=limit.level)
    return made


def _possible(product, reference, amount, cost_type, phase) -> None:
    if product.status != ProductStatus.ACTIVE:
        raise Refused(_("The product is not active; its money waits for a decision."))
    if amount <= 0:
        raise Refused(_("Say how much is committed."))
    if cost_type == CostType.RESERVE:
        raise Refused(_("The risk reserve is drawn first, for a risk that is named."))
    if phase.order > product.phase.order:
        raise Refused(
            _("Money of the phase %(phase)s is released by its gate; the product is in %(now)s.")
            % {"phase": phase.name, "now": product.phase.name}
        )
    if Commitment.objects.filter(reference=reference.strip()).exists():
        raise Refused(_("There is an order %(reference)s already.") % {"reference": reference})


def _split(product: Product, *, supplier: str, part: str, by: Person) -> Decimal:
    """What orders to the same supplier or for the same part within the window add up to.

    Counted are the product's orders and the person's own of any product, so that an order is
    not split over products or signers.
    """
    same = Q(pk__in=[])
    if supplier:
        same |= Q(supplier__iexact=supplier)
    if part:
        same |= Q(part__iexact=part)
    windows = AuthorityLimit.objects.filter(process=product.process_id, act=ACT)
    days = windows.order_by("-window_days").values_list("window_days", flat=True)
    window = max((one for one in days if one), default=0)
    orders = Commitment.objects.filter(
        same,
        Q(product=product) | Q(by=by),
        on__gte=today() - timedelta(days=window),
    )
    return sum(
        (rates.in_company(order.amount, order.currency, order.on) for order in orders), Decimal(0)
    )


def _affordable(product: Product, worth: Decimal, function: Function, cost_type: str) -> None:
    found = budgets.facts(product)
    missing = sorted(set().union(*(sums.missing for sums in found.values())))
    if missing:
        raise Refused(
            _("What is left cannot be told: the rate of %(currencies)s is missing.")
            % {"currencies": ", ".join(missing)}
        )
    free = budgets.free(product, found, function_id=function.pk, cost_type=cost_type)
    if free.covers(worth):
        return
    if worth > free.product:
        raise Refused(
            _("The product has less left than that; a gate or the board gives more money.")
        )
    raise Refused(
        _("%(function)s has less left for %(cost)s; draw on the reserve, or move money there.")
        % {"function": function.name, "cost": CostType(cost_type).label.lower()}
    )


@transaction.atomic
def close(commitment: Commitment, *, by: Person) -> Commitment:
    """Nothing more will be paid on the order: what is open of it is available again.

    Refused when it is closed already.
    """
    row = Commitment.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.pk)
    if row.closed_on:
        raise Refused(_("This order was closed on %(day)s.") % {"day": row.closed_on})
    row.closed_on, row.closed_by = today(), by
    row.save(update_fields=["closed_on", "closed_by"])
    _record("commitment closed", row, by=by)
    return row


def _record(what: str, row: Commitment, *, by: Person, **facts) -> None:
    ledger.record(
        kind=what,
        subject=f"product:{row.product_id}",
        body={
            "reference": row.reference,
            "amount": row.amount,
            "currency": row.currency,
            "supplier": row.supplier,
            "resolution": row.resolution,
            **facts,
        },
        by=by,
    )
    touch([row.product_id])
