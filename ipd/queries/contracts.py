"""Contracts of a set of products: the current ones, the original ones, and their GA dates."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ipd.models import Contract


def ga_dates(product_ids: Iterable[int]) -> dict[int, date]:
    """The general availability that each product's contract promises, in one query.

    That of the version that binds; until the first is signed, that of the draft on the table.
    """
    rows = Contract.objects.filter(Q(is_current=True) | Q(signed_on=None))
    rows = rows.filter(product__in=list(product_ids)).order_by("is_current")
    return dict(rows.values_list("product", "ga_on"))


def current(product_ids: Iterable[int]) -> dict[int, Contract]:
    """The version that binds now, with its elements, in two queries."""
    return _with_elements(Contract.objects.current(), product_ids)


def original(product_ids: Iterable[int]) -> dict[int, Contract]:
    """The version that was signed first, with its elements, in two queries."""
    first = Contract.objects.signed().order_by("product_id", "version").distinct("product_id")
    return _with_elements(first, product_ids)


def _with_elements(rows, product_ids: Iterable[int]) -> dict[int, Contract]:
    found = rows.filter(product__in=list(product_ids)).prefetch_related("elements")
    return {contract.product_id: contract for contract in found}
