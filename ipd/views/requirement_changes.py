"""Baselines of a product's requirements, and the requests to change what they hold."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import requirement_changes as changes
from ipd.forms.requirement_changes import BaselineForm, ChangeForm, DecideForm
from ipd.kernel.access import require
from ipd.kernel.keyset import part
from ipd.kernel.once import once
from ipd.models import Product, RequirementChange
from ipd.models.requirement_words import ChangeState
from ipd.permissions import acts_of
from ipd.views.requirements import visible_product

NEWEST_FIRST = ("-asked_on", "-pk")
TONES = {
    ChangeState.PROPOSED: "info",
    ChangeState.ACCEPTED: "on",
    ChangeState.REJECTED: "off",
}


@require_safe
def page(request, pk):
    """Baselines with their size, and the requests for changes, the newest first."""
    return _page(request, visible_product(request, pk))


def _page(request, product, form=None):
    acts = acts_of(request.user, product)
    baselines = list(
        product.requirement_baselines.select_related("kept_by").annotate(size=Count("items"))
    )
    rows = product.requirement_changes.select_related("requirement", "asked_by", "decided_by")
    state = request.GET.get("state", "")
    if state in ChangeState.values:
        rows = rows.filter(state=state)
    else:
        state = ""
    slice_ = part(rows, NEWEST_FIRST, after=request.GET.get("after", ""))
    may_keep = "approve_requirements" in acts
    done = [one.code for one in baselines]
    context = {
        "product": product,
        "baselines": baselines,
        "rows": [(row, TONES[row.state]) for row in slice_.rows],
        "page": slice_,
        "state": state,
        "states": ChangeState.choices,
        "may_ask": "edit_requirements" in acts and bool(baselines),
        "form": form or (BaselineForm(done=done) if may_keep else None),
    }
    status = 422 if form is not None else 200
    return render(request, "ipd/requirements/baselines.html", context, status=status)


@require_POST
@once
def keep(request, pk):
    """Keep a baseline of what the product has to fulfil."""
    product = visible_product(request, pk)
    require("approve_requirements" in acts_of(request.user, product))
    done = list(product.requirement_baselines.values_list("code", flat=True))
    form = BaselineForm(request.POST, done=done)
    if not form.is_valid():
        return _page(request, product, form)
    kept = changes.keep(product, by=request.user, **form.given())
    messages.success(request, _("%(code)s is kept.") % {"code": kept.code})
    return redirect("ipd:requirement-baselines", product.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """Ask for a change; ?code= names the requirement it is about."""
    product = visible_product(request, pk)
    require("edit_requirements" in acts_of(request.user, product))
    about = _about(product, request.GET.get("code", ""))
    form = ChangeForm(request.POST or None, product=product, initial=about)
    if request.method == "POST" and form.is_valid():
        return redirect(changes.ask(product, by=request.user, **form.asked()))
    context = {"form": form, "product": product, "title": _("Ask for a change"), "back": None}
    status = 422 if form.errors else 200
    return render(request, "ipd/requirements/form.html", context, status=status)


def _about(product: Product, code: str) -> dict:
    """What the form begins with when it is opened for a requirement."""
    found = product.requirements.filter(code=code).first() if code else None
    if found is None:
        return {}
    return {"action": "modify", "code": found.code, "title": found.title, "text": found.text}


def _visible(request, pk) -> RequirementChange:
    rows = RequirementChange.objects.filter(product__in=Product.objects.visible_to(request.user))
    return get_object_or_404(
        rows.select_related("product__line", "requirement", "asked_by", "decided_by"), pk=pk
    )


@require_safe
def change(request, pk):
    """One request: before and after, why, and how it was decided."""
    return _change(request, _visible(request, pk))


def _change(request, it, form=None):
    acts = acts_of(request.user, it.product)
    may = "approve_requirements" in acts
    why_not = changes.blocker(it, request.user) if may else ""
    fresh = DecideForm.fresh(it) if may and not why_not else None
    context = {
        "it": it,
        "product": it.product,
        "tone": TONES[it.state],
        "form": form or fresh,
        "why_not": why_not if it.state == ChangeState.PROPOSED else "",
        "fields": [(name, it.before.get(name, ""), value) for name, value in it.after.items()],
    }
    status = 422 if form is not None else 200
    return render(request, "ipd/requirements/change.html", context, status=status)


@require_POST
@once
def decision(request, pk):
    """Accept the request, whereby it is carried out, or not."""
    it = _visible(request, pk)
    require("approve_requirements" in acts_of(request.user, it.product))
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _change(request, it, form)
    changes.decide(it, by=request.user, **form.given())
    return redirect(it)
