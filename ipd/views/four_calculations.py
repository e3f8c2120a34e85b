"""The four calculations of a product: estimate, budget, actual, final account."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ipd.actions import four_calculations
from ipd.forms.cases import EstimateForm, FinalAccountForm, final_account_of
from ipd.kernel.once import once
from ipd.queries import four_calculations as queries
from ipd.views.entry import SEE_MONEY, entry
from ipd.views.money import reads_money

EDIT = "edit_case"


@reads_money
def page(request, found):
    account = final_account_of(found.product)
    estimates = list(found.product.estimates.order_by("on", "pk"))
    context = found.context(
        steps=queries.steps(found.product, estimates, account),
        account=account,
        calibration=queries.calibration(found.product, account),
        may_edit=EDIT in found.acts,
    )
    return render(request, "ipd/cases/calculations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def estimate(request, pk):
    found = entry(request, pk, EDIT, SEE_MONEY)
    form = EstimateForm(request.POST if request.method == "POST" else None, product=found.product)
    if form.is_bound and form.is_valid():
        four_calculations.estimate(found.product, by=request.user, **form.given())
        messages.success(request, _("The estimate is entered; it stays as it is."))
        return redirect("ipd:calculations", found.product.pk)
    return _form(request, found, form, _("Enter an estimate"))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def closing(request, pk):
    found = entry(request, pk, EDIT, SEE_MONEY)
    last = found.product.estimates.order_by("on", "pk").last()
    form = FinalAccountForm(
        request.POST if request.method == "POST" else None,
        initial={"estimate": last.likely} if last else None,
    )
    if form.is_bound and form.is_valid():
        four_calculations.close(found.product, by=request.user, **form.given())
        messages.success(request, _("The final account is closed."))
        return redirect("ipd:calculations", found.product.pk)
    return _form(request, found, form, _("Close the final account"))


def _form(request, found, form, title):
    context = found.context(form=form, form_title=title)
    status = 422 if form.is_bound else 200
    return render(request, "ipd/cases/calculation_form.html", context, status=status)
