"""How contracts stand: read anew when facts moved; a broken tolerance asks for a gate, once."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.actions import unplanned
from ipd.kernel.actions.notices import tell
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.kernel.measures import Unit
from ipd.models import Contract, ContractElement, ContractStanding, Product
from ipd.models.standings import Standing
from ipd.queries import contracts, readings
from ipd.queries.holders import of_acts

PRODUCTS_AT_ONCE = 500
WRITTEN = ["value", "on", "detail", "standing", "asked_for", "read_at"]


@transaction.atomic
def renew(product_ids: Iterable[int], *, ask: bool = True) -> None:
    """Read every promise of these products' current contracts, and keep how it stands.

    A promise that is found broken asks for an unplanned gate and tells those who answer for it,
    once per version of the contract. Without `ask` it counts as known: nobody is told.
    """
    day, now = today(), timezone.now()
    # One at a time per product, or two clocks would both find that nobody has asked yet.
    locked = (
        Product.objects.select_for_update(of=("self",), no_key=True)
        .select_related("line")
        .order_by("pk")
    )
    products = {product.pk: product for product in locked.filter(pk__in=list(product_ids))}
    current = contracts.current(products)
    before = {
        (row.product_id, row.code): row
        for row in ContractStanding.objects.filter(product__in=products)
    }
    found = readings.of(current.values(), day)
    rows = {
        (product, element.code): _standing(
            contract, element, found.get((product, element.code)), day, now
        )
        for product, contract in current.items()
        for element in contract.elements.all()
    }
    for product, contract in current.items():
        _ask(products[product], contract, rows, before, ask=ask)
    gone = [row.pk for key, row in before.items() if key not in rows]
    ContractStanding.objects.filter(pk__in=gone).delete()
    # Who follows the standing itself (a gate's criterion) reads it in the next round.
    touch(product for product in products if _moved(product, rows, before))
    ContractStanding.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["product", "code"],
        update_fields=WRITTEN,
        batch_size=1000,
    )


def _moved(product: int, rows: dict, before: dict) -> bool:
    """Whether a standing of the product is another one than before."""
    here = {key: row.standing for key, row in rows.items() if key[0] == product}
    return here != {key: row.standing for key, row in before.items() if key[0] == product}


def renew_all() -> int:
    """Read every current contract: days pass without anybody touching anything; how many."""
    ids = list(Contract.objects.current().order_by("product").values_list("product", flat=True))
    for start in range(0, len(ids), PRODUCTS_AT_ONCE):
        renew(ids[start : start + PRODUCTS_AT_ONCE])
    return len(ids)


def _standing(contract: Contract, element: ContractElement, found, day: date, now):
    row = ContractStanding(product_id=contract.product_id, code=element.code, read_at=now)
    if found is not None:
        row.value, row.on, row.detail = found.value, found.on, found.detail[:300]
        row.standing = element.judge(found.value, day)
    return row


def _ask(product: Product, contract: Contract, rows: dict, before: dict, *, ask: bool) -> None:
    """Ask for one gate because of all promises that are newly broken."""
    fresh = []
    for element in contract.elements.all():
        row, old = rows[product.pk, element.code], before.get((product.pk, element.code))
        row.asked_for = old.asked_for if old else None
        if row.standing == Standing.BROKEN and row.asked_for != contract.version:
            row.asked_for = contract.version
            fresh.append(element)
    if not fresh or not ask:
        return
    reason = _("Tolerance of the contract broken: %(elements)s.") % {
        "elements": "; ".join(_said(element, rows[product.pk, element.code]) for element in fresh)
    }
    unplanned.ask(product, reason=reason, by=None)
    for element in fresh:
        tell(
            of_acts(product, "decide_small_change", "decide_change"),
            news=f"contract:{contract.pk}:{element.code}:broken",
            text=f"{product}: {reason}",
            link=contract.get_absolute_url(),
            why=_("You answer for this contract, in the team or on the board."),
        )


def _said(element: ContractElement, row: ContractStanding) -> str:
    """The promise in words; amounts of money are left out, since not everybody may read them."""
    if element.unit != Unit.DATE:
        return element.name
    return _("%(element)s %(now)s instead of %(promised)s") % {
        "element": element.name,
        "now": date.fromordinal(int(row.value)),
        "promised": date.fromordinal(int(element.promised)),
    }
