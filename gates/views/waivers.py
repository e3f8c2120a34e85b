"""Waivers: asked for by the team, signed by the chair and the owning function."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gates.actions import waivers
from gates.forms.waivers import SignForm, WaiverForm
from gates.models import Waiver
from gates.permissions import can_sign_waiver, rights_of
from gates.views.criteria import visible_criterion
from gates.views.signing import password_is_right
from ipd.kernel.access import require
from ipd.kernel.once import once


@once
def criterion_waiver(request, pk):
    it = visible_criterion(request, pk)
    require("waive_request" in rights_of(request.user, it.review))
    form = WaiverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        row = waivers.ask(
            it, reason=values["reason"], expires_on=values["expires_on"], by=request.user
        )
        messages.success(request, _("The two signatures are asked for."))
        return redirect("gates:waiver", row.pk)
    context = {"criterion": it, "review": it.review, "form": form}
    status = 422 if form.errors else 200
    return render(request, "gates/reviews/waiver_new.html", context, status=status)


@once
def waiver(request, pk):
    row = get_object_or_404(
        Waiver.objects.select_related(
            "criterion__function__head", "requested_by", "chair", "function_head"
        ),
        pk=pk,
    )
    it = visible_criterion(request, row.criterion_id)
    row.criterion.review = it.review
    may_sign = can_sign_waiver(request.user, row)
    form = SignForm(request.POST or None)
    if request.method == "POST":
        require(may_sign)
        if form.is_valid() and password_is_right(request, form):
            waivers.sign(row, by=request.user)
            messages.success(request, _("Signed."))
            return redirect("gates:waiver", row.pk)
    context = {
        "waiver": row,
        "criterion": it,
        "review": it.review,
        "form": form if may_sign and not row.is_signed and it.review.is_open else None,
    }
    status = 422 if form.errors else 200
    return render(request, "gates/reviews/waiver.html", context, status=status)
