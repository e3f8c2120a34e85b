"""The contract before and at its signing, and the readings that no measure gives."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import change_decisions, contract_versions, standings, unplanned
from ipd.actions.contract_versions import locked_product
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import Contract, ContractElement, ContractReading, Product
from ipd.models.contracts import COPIED, GA
from ipd.queries import contracts, readings
from ipd.queries.proposals import proposals
from teams.models import Person


@transaction.atomic
def begin(product: Product, *, by: Person) -> Contract:
    """Draft the first contract from what plan, case, money and requirements say now.

    Refused when one is drafted or signed, and when the process names nothing to promise.
    """
    product = locked_product(product)
    if Contract.objects.drafted().filter(product=product).exists():
        raise Refused(_("There is a draft already."))
    if Contract.objects.current().filter(product=product).exists():
        raise Refused(_("The contract is signed: it moves by a change request."))
    found = proposals(product)
    if not found:
        raise Refused(_("The process of this product names nothing that a contract promises."))
    last = product.contracts.order_by("-version").values_list("version", flat=True).first()
    promised = {proposal.definition.code: proposal.value for proposal in found}
    contract = Contract.objects.create(
        product=product,
        version=(last or 0) + 1,
        ga_on=_ga_day(promised, product),
        drafted_by=by,
    )
    ContractElement.objects.bulk_create(
        ContractElement(
            contract=contract,
            promised=round(proposal.value, 4),
            **{name: getattr(proposal.definition, name) for name in COPIED},
        )
        for proposal in found
    )
    return contract


def _ga_day(promised: Mapping[str, Decimal], product: Product) -> date:
    return date.fromordinal(int(promised[GA])) if GA in promised else product.ga_on or today()


def locked_draft(contract: Contract, *, seen_revision: int) -> Contract:
    """The draft's fresh row; refused once it is signed, Stale when somebody wrote meanwhile."""
    rows = Contract.objects.select_for_update(of=("self",), no_key=True).select_related("product")
    row = rows.filter(pk=contract.pk).first()
    if row is None or not row.is_draft:
        raise Refused(_("This contract is not a draft any more."))
    if row.revision != seen_revision:
        raise Stale(_("Somebody changed this draft while you were writing."))
    return row


@transaction.atomic
def propose(
    contract: Contract,
    *,
    promised: Mapping[str, Decimal],
    reason: str,
    by: Person,
    seen_revision: int,
) -> Contract:
    """Write what the draft promises, by code; a promise left out stays as it is."""
    contract = locked_draft(contract, seen_revision=seen_revision)
    elements = {element.code: element for element in contract.elements.all()}
    changed = []
    for code, value in promised.items():
        if elements[code].promised != value:
            elements[code].promised = value
            changed.append(elements[code])
    ContractElement.objects.bulk_update(changed, ["promised"])
    contract.ga_on = _ga_day(
        {code: element.promised for code, element in elements.items()}, contract.product
    )
    contract.reason, contract.drafted_by = reason.strip()[:500], by
    contract.revision += 1
    contract.save(update_fields=["ga_on", "reason", "drafted_by", "revision"])
    return contract


@transaction.atomic
def discard(contract: Contract, *, by: Person, seen_revision: int) -> None:
    """Give up a draft; nothing of it is kept."""
    locked_draft(contract, seen_revision=seen_revision).delete()


@transaction.atomic
def sign(product: Product, *, decision: str, by: Person) -> Contract | None:
    """A gate that signs contracts has passed: sign the draft, or what the requests ask for.

    Called by the gates, in the decision's transaction. Without a draft and without a change
    request that waits for a gate there is nothing to sign.
    """
    product = locked_product(product)
    drafts = Contract.objects.drafted().select_related("product")
    draft = drafts.filter(product=product).first()
    if draft is not None:
        return contract_versions.put_in_force(draft, decision=decision, by=by)
    return change_decisions.accept_at_gate(product, decision=decision, by=by)


@transaction.atomic
def end(product: Product, *, decision: str, by: Person) -> None:
    """A gate stopped the product: its contract ends, its open change requests are rejected."""
    product = locked_product(product)
    contract_versions.end(product, reason=decision, by=by)
    change_decisions.reject_all(product, decision=decision, by=by)


@transaction.atomic
def enter_reading(
    product: Product, *, code: str, value: Decimal, on: date, source: str, by: Person
) -> ContractReading:
    """Say what an element was found to be that no measure has a figure for; judged at once.

    Refused for one that is measured or not promised, for a day ahead, and without a source.
    """
    product = locked_product(product)
    contract = contracts.current([product.pk]).get(product.pk)
    elements = {e.code: e for e in contract.elements.all()} if contract else {}
    if code not in elements:
        raise Refused(_("The current contract does not promise this."))
    if readings.measured([(product.pk, elements[code])], today()):
        raise Refused(_("This is measured; nobody enters it."))
    if on > today():
        raise Refused(_("A reading is of today or of a day before."))
    if not source.strip():
        raise Refused(_("Say where the reading comes from."))
    row = ContractReading.objects.create(
        product=product, code=code, value=value, on=on, source=source.strip()[:300], by=by
    )
    touch([product.pk])
    standings.renew([product.pk])
    return row


@transaction.atomic
def ask_for_gate(product: Product, *, reason: str, by: Person) -> None:
    """Somebody in the team or on the board asks for an unplanned gate because of the contract.

    Refused without a reason, and when one is open already.
    """
    if not reason.strip():
        raise Refused(_("Say why the board has to decide now."))
    if not unplanned.ask(locked_product(product), reason=reason.strip(), by=by):
        raise Refused(_("An unplanned gate is on the calendar already."))
    ledger.record(
        kind="unplanned gate asked for",
        subject=f"product:{product.pk}",
        body={"reason": reason.strip()},
        by=by,
    )
