"""What a decision does to the product: phase, money, the next review. Reads flags, never codes."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gates.actions import reviews
from gates.models import Condition, Decision, GateDefinition, Review, Tailoring
from gates.models.conditions import ConditionKind, ConditionState
from gates.models.definitions import TailoringKind
from gates.models.reviews import Stage
from ipd.actions import contracts
from ipd.kernel.access import Refused
from ipd.kernel.days import add_working_days, today
from ipd.models import BudgetMovement, Product
from ipd.models.money import MovementKind
from ipd.models.products import ProductStatus
from ipd.models.rates import company_currency
from ipd.queries import budgets, rates
from teams.models import Person

REVIEW_AGAIN_WITHIN = 60  # working days


def locked_product(review: Review) -> Product:
    """The product's fresh row, locked until the transaction ends."""
    rows = Product.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("phase", "process", "line", "team").get(pk=review.product_id)


def apply(decision: Decision, review: Review, *, by: Person) -> None:
    """Carry out a decision's effects, in its transaction."""
    product = locked_product(review)
    outcome = decision.outcome
    if outcome.advances:
        resume(product, decision, by=by)
        advance(review, product)
        if review.gate.signs_contract:
            contracts.sign(product, decision=_cause(decision, review), by=by)
    if outcome.holds:
        product.status = ProductStatus.ON_HOLD
        product.save(update_fields=["status"])
    if outcome.cancels:
        product.status = ProductStatus.CANCELLED
        product.save(update_fields=["status"])
        for other in Review.objects.open().filter(product=product).select_for_update():
            other.stage = Stage.WITHDRAWN
            other.save(update_fields=["stage"])
            other.bump(version=True)
        contracts.end(product, decision=_cause(decision, review), by=by)
    move_money(product, decision, by=by)
    plan_next(product, decision, review, by=by)


def _cause(decision: Decision, review: Review) -> str:
    """What a contract or a budget names as its cause."""
    return _("%(gate)s, decision %(number)d") % {"gate": review.label, "number": decision.pk}


def waits_for(review: Review) -> list[Condition]:
    """Conditions of this review that bar the next phase; one that lapsed still does."""
    settled = [ConditionState.VERIFIED, ConditionState.WAIVED]
    precedents = Condition.objects.filter(review=review, kind=ConditionKind.PRECEDENT)
    return list(precedents.exclude(state__in=settled))


def advance(review: Review, product: Product | None = None) -> bool:
    """Enter the gate's next phase, unless a precedent condition is still open.

    Called by the decision, and again when a precedent condition is settled; true if the
    phase changed. Moves only forward and only for a product that is active.
    """
    product = product or locked_product(review)
    target = review.gate.next_phase
    if target is None or product.status != ProductStatus.ACTIVE:
        return False
    if target.order <= product.phase.order or waits_for(review):
        return False
    product.phase, product.phase_since = target, today()
    fields = ["phase", "phase_since"]
    if not GateDefinition.objects.filter(phase__process=product.process_id, phase=target).exists():
        last = product.process.phases.order_by("-order").first()
        if last == target and not target.before_ga:
            product.status = ProductStatus.RETIRED
            fields.append("status")
    product.save(update_fields=fields)
    return True


def resume(product: Product, decision: Decision, *, by: Person) -> None:
    """End a hold: what it froze is available again."""
    if product.status != ProductStatus.ON_HOLD:
        return
    product.status = ProductStatus.ACTIVE
    product.save(update_fields=["status"])
    frozen = budgets.of(product).frozen
    _movement(product, decision, MovementKind.THAW, -frozen, by=by, currency=company_currency())


def move_money(product: Product, decision: Decision, *, by: Person) -> None:
    """Go opens the tranche, Redirect a bridge; Hold freezes the rest, No-go returns it.

    A hold leaves what is committed (as entered, or as the board names it); a stop leaves what
    is spent or committed, and the close-out budget. Where no actuals are kept, the sunk cost
    that the decision names is what was spent.
    """
    outcome, amount = decision.outcome, decision.amount or Decimal(0)
    if outcome.releases_money:
        _movement(product, decision, MovementKind.TRANCHE, amount, by=by)
    if outcome.bridge_money:
        _movement(product, decision, MovementKind.BRIDGE, amount, by=by)
    if not (outcome.holds or outcome.cancels):
        return
    money, kept = budgets.of(product), _in_company(amount, decision)
    if outcome.holds:
        left = max(Decimal(0), money.budget - money.actual - max(money.committed, kept))
        _movement(product, decision, MovementKind.FREEZE, -left, by=by, currency=company_currency())
    if outcome.cancels:
        spent = max(money.actual, _in_company(decision.sunk_cost or Decimal(0), decision))
        left = max(Decimal(0), money.budget - spent - money.committed - kept)
        _movement(product, decision, MovementKind.RETURN, -left, by=by, currency=company_currency())


def _in_company(amount: Decimal, decision: Decision) -> Decimal:
    return rates.in_company(amount, decision.currency, today()) if amount else amount


def _movement(
    product: Product, decision: Decision, kind: str, amount: Decimal, *, by, currency: str = ""
) -> None:
    if not amount:
        return
    BudgetMovement.objects.create(
        product=product,
        on=today(),
        kind=kind,
        amount=amount,
        currency=currency or decision.currency,
        phase=product.phase,
        reference=f"decision {decision.pk}",
        entered_by=by,
    )


def next_gate(product: Product, gate: GateDefinition) -> GateDefinition | None:
    """The following planned gate of the chain that this product has not tailored out."""
    tailored_out = Tailoring.objects.filter(
        product=product, kind__in=[TailoringKind.SKIPPED, TailoringKind.MERGED]
    )
    return (
        GateDefinition.objects.filter(chain=gate.chain_id, order__gt=gate.order, unplanned=False)
        .exclude(pk__in=tailored_out.values("gate"))
        .order_by("order")
        .first()
    )


def plan_next(product: Product, decision: Decision, review: Review, *, by: Person) -> None:
    """Put the next meeting on the calendar: the same gate again, or the one that follows."""
    outcome = decision.outcome
    day = decision.next_on or decision.expires_on
    if outcome.escalates:
        request_unplanned(product, reason=decision.rationale, by=by)
    elif outcome.cancels or day is None:
        return
    elif outcome.comes_back:
        reviews.book(product, review.gate, planned_on=day, by=by, reason=decision.changes_asked)
    elif gate := next_gate(product, review.gate):
        coming = Review.objects.real().open().filter(product=product, gate=gate).first()
        if coming is None:
            reviews.book(product, gate, planned_on=day, by=by)
        elif coming.planned_on != day:
            reviews.move(
                coming,
                planned_on=day,
                reason=_("Set by the decision at %(gate)s.") % {"gate": review.label},
                by=by,
                seen_version=coming.version,
            )


def request_unplanned(product: Product, *, reason: str, by: Person | None) -> Review | None:
    """Book an unplanned decision gate in ten working days, unless one is open already."""
    gate = (
        GateDefinition.objects.filter(chain__process=product.process_id, unplanned=True)
        .select_related("chain")
        .first()
    )
    if gate is None:
        return None
    if Review.objects.real().open().filter(product=product, gate=gate).exists():
        return None
    return reviews.book(
        product, gate, planned_on=add_working_days(today(), 10), by=by, reason=reason
    )


def latest_return(day: date) -> date:
    """The last day for a review again: 60 working days on."""
    return add_working_days(day, REVIEW_AGAIN_WITHIN)


def refuse_cancel_after_ga(product: Product) -> None:
    """Raises Refused when the product is past general availability: it is withdrawn instead."""
    if not product.phase.before_ga:
        raise Refused(_("The product is on the market; it ends by withdrawal, not by a stop."))
