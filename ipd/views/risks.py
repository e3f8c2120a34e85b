"""The risk register: a product's list and matrix, one risk, its drivers, the company's list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.actions import risks
from ipd.forms.risks import DriverForm, EstimateForm, RiskFilter, RiskForm
from ipd.kernel.access import require
from ipd.kernel.days import today
from ipd.kernel.htmx import wants_part
from ipd.kernel.money import money
from ipd.kernel.once import once
from ipd.models import Risk
from ipd.models.risks import RiskState
from ipd.permissions import acts_of
from ipd.queries import risks as queries
from ipd.queries import simulation_results

STATES = {*RiskState.values, "all"}


def _product(request, pk):
    product = get_object_or_404(simulation_results.find(request.user), pk=pk)
    return product, acts_of(request.user, product)


def _risk(request, pk):
    risk = get_object_or_404(queries.find(request.user), pk=pk)
    return risk, acts_of(request.user, risk.product)


@require_safe
def of_product(request, pk):
    """The product's risks by exposure, the matrix of the open ones, and what they may cost."""
    product, acts = _product(request, pk)
    granted = "see_money" in acts
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    page = queries.shown(
        queries.of_product(product, granted=granted),
        state=state,
        after=request.GET.get("after", ""),
    )
    context = {
        "product": product,
        "may": "edit_risks" in acts,
        "page": page,
        "rows": [_row(risk, granted=granted) for risk in page.rows],
        "state": state,
        "states": [*RiskState.choices, ("all", _("All"))],
        "matrix": queries.matrix(product),
        "delays": _bands(queries.DELAYS),
        "granted": granted,
        "total": queries.in_words(queries.total(product)) if granted else None,
    }
    return render(request, "ipd/risks/list.html", context)


def _row(risk: Risk, *, granted: bool) -> dict:
    """A risk as a row shows it; its money only to those who may see it."""
    amount = risk.exposure_cost if granted else None
    return {
        "risk": risk,
        "tone": queries.tone(risk),
        "late": queries.is_late(risk, today()),
        "cost": money(amount, risk.currency, granted=granted),
    }


def _bands(limits) -> list[str]:
    floors = (0, *(limit + 1 for limit in limits))
    shown = [f"{low}–{high}" for low, high in zip(floors, limits, strict=False)]
    return [*shown[:-1], f"> {limits[-2]}"]


@require_safe
def company(request):
    """The risks of all products the reader may see, filtered; no money is shown here."""
    form = RiskFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    rows = queries.company(
        request.user,
        state=chosen.get("state") or "open",
        category=chosen.get("category") or "",
        line=chosen.get("line"),
        whose=chosen.get("whose") or "all",
        text=chosen.get("q") or "",
    )
    page = queries.company_page(rows, after=request.GET.get("after", ""))
    context = {
        "filter": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "rows": [_row(risk, granted=False) for risk in page.rows],
        "count": rows.count(),
    }
    return render(request, "ipd/risks/company.html", context)


@require_safe
def risk(request, pk):
    found, acts = _risk(request, pk)
    return _page(request, found, acts)


def _page(request, found: Risk, acts, *, form=None, driver=None):
    granted, may = "see_money" in acts, "edit_risks" in acts
    reviews = found.reviews.select_related("by")
    drivers = list(found.drivers.all())
    activities = queries.activities(found.product) if may or drivers else []
    named = dict(activities)
    context = {
        "risk": found,
        "product": found.product,
        "tone": queries.tone(found),
        "late": queries.is_late(found, today()),
        "granted": granted,
        "cost": money(found.exposure_cost if granted else None, found.currency, granted=granted),
        "costs": _costs(found, granted=granted),
        "reviews": reviews if granted else reviews.defer(*queries.COSTS),
        "drivers": [(row, named.get(row.activity, "")) for row in drivers],
        "may": may,
    }
    if may:
        people = queries.people(found.product, found)
        context["form"] = form or RiskForm(instance=found, granted=granted, people=people)
        if activities:
            context["driver"] = driver or DriverForm(activities=activities)
    bad = [one for one in (form, driver) if one is not None and one.errors]
    return render(request, "ipd/risks/detail.html", context, status=422 if bad else 200)


def _costs(found: Risk, *, granted: bool) -> list[str]:
    if not granted or found.cost_low is None:
        return []
    points = (found.cost_low, found.cost_likely, found.cost_high)
    return [money(point, found.currency, granted=granted) for point in points]


@once
def new(request, pk):
    """The form for a new risk; whoever may send it may open it."""
    product, acts = _product(request, pk)
    require("edit_risks" in acts)
    form = RiskForm(
        request.POST or None,
        instance=Risk(product=product),
        granted="see_money" in acts,
        people=queries.people(product),
    )
    if request.method == "POST" and form.is_valid():
        made = risks.enter(product, by=request.user, **form.given)
        messages.success(request, _("Entered as %(code)s.") % {"code": made.code})
        return redirect(made)
    context = {"product": product, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "ipd/risks/new.html", context, status=status)


@require_POST
@once
def change(request, pk):
    found, acts = _risk(request, pk)
    require("edit_risks" in acts)
    form = RiskForm(
        request.POST,
        instance=_copy(found),
        granted="see_money" in acts,
        people=queries.people(found.product, found),
    )
    if not form.is_valid():
        return _page(request, found, acts, form=form)
    seen = form.cleaned_data["version"]
    changed = risks.change(found, by=request.user, seen_version=seen, **form.given)
    messages.success(request, _("Saved."))
    return redirect(changed)


def _copy(found: Risk) -> Risk:
    """A form writes into its instance; the page shows the stored one."""
    return Risk(**{field.attname: getattr(found, field.attname) for field in Risk._meta.fields})


def row(request, pk):
    """A risk's row in its product's list: as it is, as a form (?edit=1), and when it is saved.

    Without htmx the risk's own page does the same.
    """
    found, acts = _risk(request, pk)
    granted, may = "see_money" in acts, "edit_risks" in acts
    if request.method == "POST":
        return _save_row(request, found, granted, may)
    if not wants_part(request):
        return redirect(found)
    form = EstimateForm(instance=found) if may and request.GET.get("edit") else None
    return _drawn_row(request, found, granted, may, form)


@once
def _save_row(request, found: Risk, granted: bool, may: bool):
    require(may)
    form = EstimateForm(request.POST, instance=_copy(found))
    if not form.is_valid():
        return _drawn_row(request, found, granted, may, form, status=422)
    seen = form.cleaned_data["version"]
    risks.change(found, by=request.user, seen_version=seen, **form.given)
    return redirect(reverse("ipd:risk-row", args=[found.pk]))


def _drawn_row(request, found: Risk, granted, may, form, status=200) -> HttpResponse:
    context = {"one": _row(found, granted=granted), "may": may, "granted": granted, "form": form}
    response = render(request, "ipd/risks/row.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@once
def drivers(request, pk):
    """Add or replace a driver, or take one away."""
    found, acts = _risk(request, pk)
    require("edit_risks" in acts)
    if request.POST.get("release"):
        risks.release(found, activity=request.POST["release"][:30])
        messages.success(request, _("It drives this activity no longer."))
        return redirect(found)
    form = DriverForm(request.POST, activities=queries.activities(found.product))
    if not form.is_valid():
        return _page(request, found, acts, driver=form)
    given = form.cleaned_data
    given.pop("key")
    risks.drive(found, **given)
    messages.success(request, _("The next simulation with risks counts it."))
    return redirect(found)
