"""Money: one way to show it, and it asks whether the reader holds the grant."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def money(amount: Decimal | None, currency: str, *, granted: bool) -> str:
    """An amount for a reader: "1,250,000 EUR", "–" when there is none, "restricted" without grant.

    >>> money(Decimal("10"), "EUR", granted=False)
    'restricted'
    """
    if not granted:
        return _("restricted")
    if amount is None:
        return "–"
    whole = amount == amount.to_integral_value()
    return (
        f"{number_format(amount, 0 if whole else 2, use_l10n=True, force_grouping=True)} {currency}"
    )
