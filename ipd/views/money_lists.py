"""Orders and costs of a product, page by page."""

from decimal import Decimal

from django.shortcuts import render

from ipd.forms.money import OrderFilter
from ipd.kernel.forms.seen import OnceForm
from ipd.queries import spending
from ipd.views.money import reads_money


@reads_money
def orders(request, found):
    form = OrderFilter(request.GET)
    only_open = form.wanted()["state"] == "open"
    page = spending.commitments(
        found.product, only_open=only_open, after=request.GET.get("after", "")
    )
    may_close = "commit_money" in found.acts
    context = found.context(
        filter=form,
        page=page,
        rows=[
            (
                row,
                max(row.amount - row.paid, Decimal(0)),
                OnceForm(auto_id=False) if may_close else None,
            )
            for row in page.rows
        ],
    )
    return render(request, "ipd/money/orders.html", context)


@reads_money
def costs(request, found):
    page = spending.actuals(found.product, after=request.GET.get("after", ""))
    context = found.context(page=page)
    return render(request, "ipd/money/costs.html", context)
