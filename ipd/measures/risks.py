"""Measures of the risk register."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Reading, measure, shares
from ipd.models import Risk

OWNED = Q(owner__isnull=False) & ~Q(response="")


@measure(key="risks_owned", label=_("Risks with an owner and a response"), route="ipd:risks")
def risks_owned(product_ids: Iterable[int], first: date, last: date) -> dict[int, Reading]:
    """Open risks with an owner and a response, of all open risks."""
    return shares(Risk.objects.open().filter(product__in=list(product_ids)), OWNED)
