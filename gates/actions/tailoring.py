"""Tailoring: how one product departs from its process, with a reason and an approver."""

from django.db import transaction
from django.utils.translation import gettext as _

from gates.models import GateDefinition, Review, Tailoring
from gates.models.definitions import TailoringKind
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.days import today
from ipd.models import Product
from teams.models import Person


@transaction.atomic
def tailor(
    product: Product,
    gate: GateDefinition,
    *,
    kind: str,
    reason: str,
    by: Person,
    into: GateDefinition | None = None,
    label: str = "",
) -> Tailoring:
    """Skip a gate, merge it into another of the same chain, or note one that was added.

    `by` approves. Raises Refused when the gate was reviewed already, belongs to another
    process, is tailored already, or a merger names no gate of the same chain.
    """
    product = Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    if gate.chain.process_id != product.process_id:
        raise Refused(_("This gate is not in the product's process."))
    if kind == TailoringKind.MERGED and (into is None or into.chain_id != gate.chain_id):
        raise Refused(_("Name a gate of the same chain to hold it in."))
    if kind == TailoringKind.MERGED and into.pk == gate.pk:
        raise Refused(_("A gate is not merged into itself."))
    if len(reason.strip()) < 10:
        raise Refused(_("Give the reason in a sentence."))
    touched = [gate.pk, *([into.pk] if into else [])]
    if (
        kind != TailoringKind.ADDED
        and Review.objects.real().filter(product=product, gate__in=touched).exists()
    ):
        raise Refused(_("It is booked or was held already; tailor before booking."))
    if Tailoring.objects.filter(product=product, gate=gate).exists():
        raise Refused(_("This gate is tailored already."))
    row = Tailoring.objects.create(
        product=product,
        gate=gate,
        kind=kind,
        into=into if kind == TailoringKind.MERGED else None,
        label=label,
        reason=reason.strip(),
        approver=by,
        approved_on=today(),
    )
    ledger.record(
        kind="tailoring",
        subject=f"product:{product.pk}",
        body={
            "gate": gate.code,
            "kind": kind,
            "into": into.code if into else None,
            "reason": reason,
        },
        by=by,
    )
    return row
