"""Purchase orders: a new one, and the end of one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ipd.actions import commitments
from ipd.forms.money import OrderForm
from ipd.kernel.once import once
from ipd.models import Commitment
from ipd.queries import authority, budgets
from ipd.views.entry import SEE_MONEY, entry


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """A form that says what the sender may commit; the action refuses what is above."""
    found = entry(request, pk, "commit_money", SEE_MONEY)
    posted = request.method == "POST"
    form = (
        OrderForm(request.POST, product=found.product)
        if posted
        else OrderForm(product=found.product)
    )
    if posted and form.is_valid():
        given = form.given()
        commitments.commit(found.product, by=request.user, **given)
        messages.success(request, _("The order counts from now on."))
        return redirect("ipd:money-orders", found.product.pk)
    levels = authority.levels(found.product, commitments.ACT)
    context = found.context(
        form=form,
        levels=levels,
        own=authority.own(levels, request.user),
        free=budgets.released(found.product, budgets.facts(found.product)),
    )
    return render(request, "ipd/money/order_new.html", context, status=422 if form.errors else 200)


@require_POST
@once
def closing(request, product_pk, pk):
    found = entry(request, product_pk, "commit_money", SEE_MONEY)
    order = get_object_or_404(Commitment, product=found.product, pk=pk)
    commitments.close(order, by=request.user)
    messages.success(request, _("The order is closed; what was open of it is available again."))
    return redirect("ipd:money-orders", found.product.pk)
