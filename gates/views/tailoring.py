"""Tailoring: which gates a product merges, skips or adds, why, and who approved it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gates.actions import tailoring as actions
from gates.forms.tailoring import TailoringForm
from gates.models import Tailoring
from gates.views.acts import rights_at, rights_at_product
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.models import Product


@once
def tailoring(request, product_pk):
    product = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("line", "team", "process"),
        pk=product_pk,
    )
    form = None
    if "tailor" in rights_at_product(request.user, product):
        form = TailoringForm(request.POST or None, product=product)
    if request.method == "POST":
        require(form is not None)
        if form.is_valid():
            values = form.cleaned_data
            require("tailor" in rights_at(request.user, product, values["gate"]))
            actions.tailor(
                product,
                values["gate"],
                kind=values["kind"],
                into=values["into"],
                label=values["label"],
                reason=values["reason"],
                by=request.user,
            )
            messages.success(request, _("Approved."))
            return redirect("gates:tailoring", product.pk)
    rows = Tailoring.objects.filter(product=product).select_related("gate", "into", "approver")
    context = {"product": product, "rows": rows, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "gates/process/tailoring.html", context, status=status)
