"""Last orders: computed as often as one likes, kept once somebody stands for one."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.calculations.supply import SERVICE, LastBuy, last_time_buy
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import LastTimeBuy, Part, Product
from teams.models import Person


def compute(monthly: Sequence[int], inputs: dict) -> LastBuy:
    """The quantity of the calculator's inputs, as its form and its records name them."""
    return last_time_buy(
        monthly,
        scrap_percent=Decimal(str(inputs["scrap_percent"])),
        stock=inputs["stock"],
        on_order=inputs["on_order"],
        sigma=Decimal(str(inputs["sigma"])),
        z=SERVICE[int(inputs["service"])],
        pack=inputs["pack"],
    )


@transaction.atomic
def keep(
    part: Part,
    product: Product,
    *,
    monthly: Sequence[int],
    inputs: dict,
    note: str,
    by: Person,
) -> LastTimeBuy:
    """Keep a last order for a part of a product, computed here from what went in.

    It commits money, so it stands in the ledger. Refused without demand, when the same one is
    kept already, and once the last order day has passed.
    """
    part = Part.objects.select_for_update(of=("self",), no_key=True).get(pk=part.pk)
    if not any(monthly):
        raise Refused(_("There is no demand to buy for."))
    if part.last_order_on and part.last_order_on < today():
        raise Refused(
            _("The last order day of %(part)s was %(day)s.")
            % {"part": part.code, "day": part.last_order_on}
        )
    found = compute(monthly, inputs)
    same = LastTimeBuy.objects.filter(
        part=part, product=product, on=today(), quantity=found.quantity
    )
    if same.exists():
        raise Refused(_("This last-time buy is kept already."))
    record = LastTimeBuy.objects.create(
        part=part,
        product=product,
        months=len(monthly),
        demand=found.demand,
        inputs={**{k: str(v) for k, v in inputs.items()}, "monthly": list(monthly)},
        safety=found.safety,
        quantity=found.quantity,
        note=note,
        by=by,
        on=today(),
    )
    ledger.record(
        kind="last-time buy kept",
        subject=f"part:{part.pk}",
        body={
            "part": part.code,
            "product": product.code,
            "months": record.months,
            "quantity": record.quantity,
            "inputs": record.inputs,
        },
        by=by,
    )
    touch([product.pk])
    return record
