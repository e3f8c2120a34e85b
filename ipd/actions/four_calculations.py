"""The four calculations: estimates are entered once, and the final account closes them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.days import today
from ipd.models import Estimate, FinalAccount, Product
from ipd.models.rates import company_currency
from ipd.queries import money_facts
from teams.models import Person


@transaction.atomic
def estimate(product: Product, *, by: Person, **facts: Any) -> Estimate:
    """Enter what development will cost, as a range at a gate.

    Refused for a gate that has one, and for a day that is ahead.
    """
    if facts["on"] > today():
        raise Refused(_("An estimate is of today or of a day before."))
    product = Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    if product.estimates.filter(gate=facts["gate"]).exists():
        raise Refused(_("This gate has its estimate: it stays as it was."))
    return Estimate.objects.create(product=product, by=by, currency=company_currency(), **facts)


@transaction.atomic
def close(
    product: Product, *, on: date, estimate: Decimal, lessons: str, by: Person
) -> FinalAccount:
    """Close the calculations with budget and actual as the books say them now.

    Refused twice, without lessons, and before anything was given.
    """
    product = Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    if FinalAccount.objects.filter(product=product).exists():
        raise Refused(_("The final account is closed."))
    if not lessons.strip():
        raise Refused(_("Say why it came so: the next estimate learns from it."))
    if on > today():
        raise Refused(_("A final account is of today or of a day before."))
    books = money_facts.totals([product.pk]).get(product.pk)
    if books is None or books.budget <= 0:
        raise Refused(_("No budget was given, so there is nothing to close."))
    account = FinalAccount.objects.create(
        product=product,
        on=on,
        estimate=estimate,
        budget=books.budget,
        actual=books.actual,
        currency=company_currency(),
        lessons=lessons.strip(),
        by=by,
    )
    ledger.record(
        kind="final account",
        subject=f"product:{product.pk}",
        body={
            "estimate": estimate,
            "budget": account.budget,
            "actual": account.actual,
            "lessons": account.lessons,
        },
        by=by,
    )
    return account
