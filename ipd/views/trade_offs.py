"""Trade-offs: a product's list, one trade-off with its ladder, and what may be done with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import trade_offs
from ipd.forms.trade_offs import DecideForm, OptionForm, SendUpForm, TradeOffForm, WithdrawForm
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.models import TradeOff
from ipd.models.trade_offs import Rung
from ipd.permissions import can, can_see_money
from ipd.permissions.trade_offs import can_decide
from ipd.queries import trade_offs as queries
from ipd.views.entry import entry

ACT = "edit_requirements"


@require_safe
def page(request, pk):
    """The product's trade-offs, open ones first."""
    found = entry(request, pk)
    context = {
        "product": found.product,
        "rows": [(row, queries.tone(row)) for row in queries.of_product(found.product)],
        "may": ACT in found.acts,
    }
    return render(request, "ipd/trade_offs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """Raise a conflict."""
    product = entry(request, pk, ACT).product
    form = TradeOffForm(request.POST or None, product=product)
    if request.method == "POST" and form.is_valid():
        row = trade_offs.raise_(product, by=request.user, **form.given())
        messages.success(request, _("Raised; the owners are told."))
        return redirect(row)
    status = 422 if form.errors else 200
    context = {"product": product, "form": form}
    return render(request, "ipd/trade_offs/new.html", context, status=status)


def _visible(request, pk) -> TradeOff:
    rows = TradeOff.objects.visible_to(request.user)
    rows = rows.select_related(
        "product__line", "raised_by", "decided_by", "chosen", "change__product"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def trade_off(request, pk):
    """One trade-off: its sides, ways out, ladder, and the forms of what the reader may do."""
    return _detail(request, _visible(request, pk))


def _detail(request, row, bound=None):
    edits = row.is_open and can(request.user, ACT, row.product)
    decides = row.is_open and can_decide(request.user, row)
    forms = []
    if decides:
        forms.append(
            (
                "ipd:trade-off-decision",
                _("Decide"),
                "primary",
                DecideForm(initial={"version": row.version}, trade_off=row),
            )
        )
    if edits:
        forms.append(("ipd:trade-off-option", _("Add a way out"), "", OptionForm.fresh(row)))
        if row.rung != Rung.BOARD:
            forms.append(("ipd:trade-off-rung", _("Send it up"), "", SendUpForm.fresh(row)))
        forms.append(("ipd:trade-off-withdrawal", _("Take it back"), "", WithdrawForm.fresh(row)))
    if bound is not None:
        forms = [(*head, bound if type(form) is type(bound) else form) for *head, form in forms]
    context = {
        "product": row.product,
        "row": row,
        "tone": queries.tone(row),
        "sides": row.sides.select_related("requirement", "owner"),
        "options": queries.options(row, granted=can_see_money(request.user, row.product)),
        "ladder": queries.ladder(row),
        "forms": forms,
    }
    status = 422 if bound is not None else 200
    return render(request, "ipd/trade_offs/detail.html", context, status=status)


@require_POST
@once
def option(request, pk):
    """Add a way out."""
    row = _visible(request, pk)
    require(can(request.user, ACT, row.product))
    form = OptionForm(request.POST)
    if not form.is_valid():
        return _detail(request, row, form)
    trade_offs.offer(row, **form.given())
    messages.success(request, _("Added"))
    return redirect(row)


@require_POST
@once
def rung(request, pk):
    """Send it up the ladder."""
    row = _visible(request, pk)
    require(can(request.user, ACT, row.product))
    form = SendUpForm(request.POST)
    if not form.is_valid():
        return _detail(request, row, form)
    trade_offs.send_up(row, by=request.user, **form.given())
    messages.success(request, _("It went up; those who decide there are told."))
    return redirect(row)


@require_POST
@once
def decision(request, pk):
    """Choose a way out."""
    row = _visible(request, pk)
    require(can_decide(request.user, row))
    form = DecideForm(request.POST, trade_off=row)
    if not form.is_valid():
        return _detail(request, row, form)
    trade_offs.decide(row, by=request.user, **form.given())
    messages.success(request, _("Decided."))
    return redirect(row)


@require_POST
@once
def withdrawal(request, pk):
    """Take it back."""
    row = _visible(request, pk)
    require(can(request.user, ACT, row.product))
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _detail(request, row, form)
    trade_offs.withdraw(row, by=request.user, **form.given())
    messages.success(request, _("Taken back."))
    return redirect(row)
