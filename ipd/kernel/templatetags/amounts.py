"""Amounts in templates: shown where the page's context says that its reader holds the grant."""

from decimal import Decimal

from django import template
from django.conf import settings

from ipd.kernel.money import money

register = template.Library()


@register.simple_tag(takes_context=True)
def amount(context, value, currency="", cents=False):
    """An amount, to the unit unless `cents`; "restricted" unless the context has `granted`."""
    shown = value
    if value is not None and not cents:
        shown = Decimal(value).quantize(Decimal(1))
    return money(shown, currency or settings.CURRENCY, granted=context.get("granted") is True)
