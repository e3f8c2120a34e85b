"""Promises to customers: the registers, one promise, and what may be done with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import promises
from ipd.forms.promises import BackForm, EndForm, PromiseFilter, PromiseForm
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.models import CustomerPromise
from ipd.models.promises import PromiseState
from ipd.permissions import can
from ipd.queries import promises as queries
from ipd.views.entry import entry

ACT = "edit_requirements"


@require_safe
def register(request):
    """Every promise the person may see; those that nothing backs come first."""
    return _list(request, None, "unbacked")


@require_safe
def page(request, pk):
    """The promises of one product."""
    return _list(request, entry(request, pk), "open")


def _list(request, found, first):
    product = found.product if found else None
    filter_ = PromiseFilter(request.GET)
    filter_.is_valid()
    show = filter_.cleaned_data.get("show") or first
    filter_.initial["show"] = show
    rows = queries.found(request.user, show=show, product=product)
    context = {
        "product": product,
        "show": show,
        "choices": filter_.fields["show"].choices,
        "page": queries.page(rows, after=request.GET.get("after", "")),
        "may": found is not None and ACT in found.acts,
    }
    return render(request, "ipd/promises/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """Write a promise down."""
    product = entry(request, pk, ACT).product
    form = PromiseForm(request.POST or None, product=product)
    if request.method == "POST" and form.is_valid():
        promise = promises.enter(product, by=request.user, **form.given())
        messages.success(request, _("Written down."))
        return redirect(promise)
    status = 422 if form.errors else 200
    context = {"product": product, "form": form}
    return render(request, "ipd/promises/new.html", context, status=status)


def _promise(request, pk) -> CustomerPromise:
    rows = CustomerPromise.objects.visible_to(request.user)
    rows = rows.select_related("product__line", "requirement__owner", "promised_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def promise(request, pk):
    """One promise, what backs it, and how it ended."""
    return _detail(request, _promise(request, pk))


def _detail(request, row, bound=None):
    may = row.state == PromiseState.OPEN and can(request.user, ACT, row.product)
    code = row.requirement.code if row.requirement else None
    forms = [
        BackForm(initial={"version": row.version, "requirement": code}, product=row.product),
        EndForm.fresh(row),
    ]
    context = {
        "product": row.product,
        "row": queries.row_of(row),
        "promise": row,
        "may": may,
        "back": bound if isinstance(bound, BackForm) else forms[0],
        "end": bound if isinstance(bound, EndForm) else forms[1],
    }
    status = 422 if bound is not None else 200
    return render(request, "ipd/promises/detail.html", context, status=status)


@require_POST
@once
def backing(request, pk):
    """Name the requirement that backs it."""
    row = _promise(request, pk)
    require(can(request.user, ACT, row.product))
    form = BackForm(request.POST, product=row.product)
    if not form.is_valid():
        return _detail(request, row, form)
    promises.back(row, **form.given())
    messages.success(request, _("Saved"))
    return redirect(row)


@require_POST
@once
def end(request, pk):
    """Say how it ended."""
    row = _promise(request, pk)
    require(can(request.user, ACT, row.product))
    form = EndForm(request.POST)
    if not form.is_valid():
        return _detail(request, row, form)
    promises.close(row, by=request.user, **form.given())
    messages.success(request, _("Saved"))
    return redirect(row)
