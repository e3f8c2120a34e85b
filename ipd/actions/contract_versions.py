"""A version of a contract comes into force, and the one before it ends."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.actions import baselines
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import Contract, ContractElement, Plan, Product
from ipd.models.contracts import COPIED, GA
from ipd.queries.holders import core_people, of_acts
from teams.models import Person


def locked_product(product: Product) -> Product:
    """The product's fresh row; of two who change its contract one waits for the other."""
    rows = Product.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("line", "process").get(pk=product.pk)


def put_in_force(contract: Contract, *, decision: str, by: Person) -> Contract:
    """Sign a draft, in the caller's transaction, which holds the product's row.

    The version before ends, the plan is kept as a baseline, the ledger has every promise, and
    the team and the board are told.
    """
    day = today()
    Contract.objects.current().filter(product=contract.product_id).update(
        is_current=False, ended_on=day
    )
    contract.decision, contract.signed_by = decision, by
    contract.signed_on, contract.is_current = day, True
    contract.save(update_fields=["decision", "signed_by", "signed_on", "is_current"])
    product = contract.product
    product.ga_on = contract.ga_on
    product.save(update_fields=["ga_on"])
    _keep_plan(product, contract, by)
    ledger.record(
        kind="contract signed",
        subject=f"product:{product.pk}",
        body={
            "version": contract.version,
            "decision": decision,
            "reason": contract.reason,
            "promised": {element.code: element.promised for element in contract.elements.all()},
        },
        by=by,
    )
    touch([product.pk])
    tell(
        [*core_people(product), *of_acts(product, "decide_change")],
        news=f"contract:{contract.pk}:signed",
        text=_("%(product)s: contract version %(version)d is signed, by %(decision)s.")
        % {"product": product, "version": contract.version, "decision": decision},
        link=contract.get_absolute_url(),
        why=_("You sit in the product's team or decide its changes."),
    )
    return contract


def _keep_plan(product: Product, contract: Contract, by: Person) -> None:
    """What is promised is held against the plan as it stands; a product may have none yet."""
    plan = Plan.objects.filter(product=product, activities__isnull=False).first()
    if plan is not None:
        name = _("Contract version %(version)d") % {"version": contract.version}
        baselines.keep(plan, name=name, reason=contract.decision, by=by)


def follow(
    current: Contract, after: Mapping[str, Decimal], *, reason: str, decision: str, by: Person
) -> Contract:
    """Sign the version after `current`: its promises, with those of `after` instead."""
    ga_on = date.fromordinal(int(after[GA])) if GA in after else current.ga_on
    contract = Contract.objects.create(
        product=current.product,
        version=current.version + 1,
        ga_on=ga_on,
        reason=reason[:500],
        drafted_by=by,
    )
    ContractElement.objects.bulk_create(
        ContractElement(
            contract=contract,
            promised=after.get(element.code, element.promised),
            currency=element.currency,
            **{name: getattr(element, name) for name in COPIED},
        )
        for element in current.elements.all()
    )
    return put_in_force(contract, decision=decision, by=by)


def end(product: Product, *, reason: str, by: Person) -> None:
    """The product is stopped: nothing binds any more. In the caller's transaction."""
    day = today()
    contract = Contract.objects.current().filter(product=product).first()
    if contract is None:
        return
    Contract.objects.filter(pk=contract.pk).update(is_current=False, ended_on=day)
    ledger.record(
        kind="contract ended",
        subject=f"product:{product.pk}",
        body={"version": contract.version, "reason": reason},
        by=by,
    )
    touch([product.pk])
