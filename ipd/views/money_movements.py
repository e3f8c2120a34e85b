"""Movements of a product's budget: the list, one with its parts, transfers, reserve draws."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ipd.actions import movements, reserves
from ipd.actions.movements import Part
from ipd.forms.money import PartSet, ReserveForm, TransferForm
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.models import BudgetMovement
from ipd.permissions import can, products_where
from ipd.queries import budgets, risks
from ipd.queries import movements as queries
from ipd.views.entry import SEE_MONEY, entry
from ipd.views.money import reads_money, restricted
from teams.models import Function

CENT = Decimal("0.01")


@reads_money
def page(request, found):
    context = found.context(
        rows=queries.of(found.product)[::-1],
    )
    return render(request, "ipd/money/movements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def detail(request, product_pk, pk):
    """A movement with its parts; whoever plans the budget breaks an open one down."""
    needed = [SEE_MONEY] if request.method != "POST" else [SEE_MONEY, "edit_budget"]
    found = entry(request, product_pk, *needed)
    rows = BudgetMovement.objects.filter(product=found.product).select_related("phase")
    movement = get_object_or_404(rows, pk=pk)
    parts = queries.parts(movement)
    formset = None
    if not parts and "edit_budget" in found.acts:
        functions = {one.code: one for one in Function.objects.order_by("code")}
        data = request.POST if request.method == "POST" else None
        formset = PartSet(data, form_kwargs={"found": functions})
    if request.method == "POST" and formset is not None and formset.is_valid():
        movements.break_down(movement, _spread(formset.cleaned_data), by=request.user)
        messages.success(request, _("The movement is broken down."))
        return redirect("ipd:money-movement", found.product.pk, movement.pk)
    context = found.context(
        movement=movement,
        parts=parts,
        formset=formset,
    )
    wrong = formset is not None and formset.is_bound
    return render(request, "ipd/money/movement.html", context, status=422 if wrong else 200)


def _spread(rows) -> list[Part]:
    """Each row over its months, evenly; the last month takes what rounding leaves."""
    parts = []
    for row in rows:
        if not row.get("amount"):
            continue
        first, last = row["first"], row["last"]
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        each = (row["amount"] / count).quantize(CENT)
        for number in range(count):
            month = first.year * 12 + first.month - 1 + number
            amount = each if number < count - 1 else row["amount"] - each * (count - 1)
            day = date(month // 12, month % 12 + 1, 1)
            parts.append(Part(row["function"], row["cost_type"], day, amount))
    return parts


@require_http_methods(["GET", "HEAD", "POST"])
@once
def transfer(request, pk):
    """The line's chair moves money to another product whose money the chair decides on."""
    found = entry(request, pk, "move_money", SEE_MONEY)
    takers = products_where(request.user, "see_money").exclude(pk=found.product.pk).order_by("code")
    form = (
        TransferForm(request.POST, takers=takers)
        if request.method == "POST"
        else TransferForm(takers=takers)
    )
    if request.method == "POST" and form.is_valid():
        given = form.given()
        require(can(request.user, "move_money", given["taker"]))
        movements.transfer(found.product, by=request.user, **given)
        messages.success(request, _("The money was moved."))
        return redirect("ipd:money-movements", found.product.pk)
    free = budgets.released(found.product, budgets.facts(found.product))
    context = found.context(form=form, free=free)
    status = 422 if form.errors else 200
    return render(request, "ipd/money/transfer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def reserve(request, pk):
    """The risk reserve with its draws, and the form of those who may draw on it."""
    posted = request.method == "POST"
    found = entry(request, pk, "commit_money", SEE_MONEY) if posted else entry(request, pk)
    if not found.granted:
        return restricted(request, found)
    form = None
    if posted:
        form = ReserveForm(request.POST)
        if form.is_valid():
            given = form.given()
            reserves.draw(found.product, by=request.user, **given)
            messages.success(request, _("The reserve was drawn on."))
            return redirect("ipd:money-reserve", found.product.pk)
    elif "commit_money" in found.acts:
        form = ReserveForm()
    context = found.context(
        reserve=budgets.reserve(found.product),
        draws=queries.draws(found.product),
        register=risks.in_words(risks.total(found.product)),
        risks=risks.open_ones(found.product) if form else [],
        form=form,
    )
    status = 422 if form is not None and form.errors else 200
    return render(request, "ipd/money/reserve.html", context, status=status)
