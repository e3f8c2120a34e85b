"""Amounts of other currencies in the company's, at the budget rate of their month."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.models import Rate
from ipd.models.rates import RateKind, company_currency

CENT = Decimal("0.01")


def units(currency: str, day: date) -> Decimal | None:
    """Units of the currency for one of the company's; None where no rate holds that day."""
    if currency == company_currency():
        return Decimal(1)
    rates = Rate.objects.filter(currency=currency, kind=RateKind.BUDGET, valid_from__lte=day)
    return rates.order_by("-valid_from").values_list("units", flat=True).first()


def in_company(amount: Decimal, currency: str, day: date) -> Decimal:
    """The amount in the company's currency; refused, by name, where the rate is missing."""
    rate = units(currency, day)
    if rate is None:
        raise Refused(
            _("There is no budget rate of %(currency)s for %(month)s: enter it first.")
            % {"currency": currency, "month": f"{day:%Y-%m}"}
        )
    return (amount / rate).quantize(CENT)


def on(day: date) -> dict[str, Decimal]:
    """Units for one of the company's, of every currency that has a rate that day; one query."""
    rates = Rate.objects.filter(kind=RateKind.BUDGET, valid_from__lte=day)
    newest = rates.order_by("currency", "-valid_from").distinct("currency")
    return {**dict(newest.values_list("currency", "units")), company_currency(): Decimal(1)}


def known() -> list[str]:
    """The currencies that can be entered: the company's first, then those with a rate."""
    others = Rate.objects.exclude(currency=company_currency()).order_by("currency")
    return [company_currency(), *others.values_list("currency", flat=True).distinct()]
