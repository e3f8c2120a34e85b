"""Orders and costs of a product, page by page."""

from decimal import Decimal

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ipd.forms.money import KeyForm, OrderFilter
from ipd.queries import spending
from ipd.views.money import entry, restricted


@require_safe
def orders(request, pk):
    found = entry(request, pk)
    if not found.granted:
        return restricted(request, found)
    form = OrderFilter(request.GET)
    only_open = not (form.is_valid() and form.cleaned_data["state"] == "all")
    page = spending.commitments(
        found.product, only_open=only_open, after=request.GET.get("after", "")
    )
    may_close = "commit_money" in found.acts
    context = found.context(
        filter=form,
        page=page,
        rows=[
            (row, max(row.amount - row.paid, Decimal(0)), KeyForm.fresh() if may_close else None)
            for row in page.rows
        ],
    )
    return render(request, "ipd/money/orders.html", context)


@require_safe
def costs(request, pk):
    found = entry(request, pk)
    if not found.granted:
        return restricted(request, found)
    page = spending.actuals(found.product, after=request.GET.get("after", ""))
    context = found.context(page=page)
    return render(request, "ipd/money/costs.html", context)
