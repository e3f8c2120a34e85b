"""Amounts in templates: shown where the page's context says that its reader holds the grant."""

from decimal import Decimal

from django import template
from django.conf import settings

from ipd.kernel.money import money

register = template.Library()


@register.simple_tag(takes_context=True)
def amount(context, value, currency="", cents=False, bare=False):
    """An amount, to the unit unless `cents`; "restricted" unless the context has `granted`.

    `bare` leaves the currency out, where the table or panel names it once for all.
    """
    shown = value
    if value is not None and not cents:
        shown = Decimal(value).quantize(Decimal(1))
    granted, unit = context.get("granted") is True, currency or settings.CURRENCY
    return money(shown, "" if bare else unit, granted=granted).strip()


@register.simple_tag
def company_currency():
    """The currency in which a company's sums are shown."""
    return settings.CURRENCY
