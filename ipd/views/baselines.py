"""Baselines of a plan: kept, listed, and held against the plan as it is."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.actions import baselines as actions
from ipd.calculations import gantt
from ipd.forms.baselines import ComparisonFilter, KeepForm
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.permissions import acts_of
from ipd.queries import baselines
from ipd.queries.baselines import CHART_WIDTH
from ipd.views.plans import visible


@require_http_methods(["GET", "HEAD", "POST"])
@once
def listing(request, pk):
    """What was kept, by whom and why; whoever may keeps another one."""
    product, plan = visible(request, pk)
    may = "keep_baseline" in acts_of(request.user, product)
    form = None
    if request.method == "POST":
        require(may)
        form = KeepForm(request.POST)
        if form.is_valid():
            kept = actions.keep(plan, by=request.user, **form.given())
            messages.success(request, _("“%(name)s” was kept.") % {"name": kept.name})
            return redirect("ipd:plan-baselines", pk=product.pk)
    elif may:
        form = KeepForm.fresh(plan)
    context = {
        "product": product,
        "plan": plan,
        "baselines": baselines.kept(plan),
        "form": form,
        "finish_on": plan.finishes_at and plan.finishes_at.date(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "ipd/plans/baselines.html", context, status=status)


@require_safe
def comparison(request, pk):
    """The original contract, the current one and the plan as it is, side by side."""
    product, plan = visible(request, pk)
    original, current = product.baseline_original, product.baseline_current
    if original is None:
        return redirect(reverse("ipd:plan-baselines", args=[product.pk]))
    form = ComparisonFilter(request.GET)
    show = form.wanted()["show"]
    drifts, axis = baselines.drifts(plan, original, current)
    kept = {row.pk: row for row in baselines.kept(plan)}
    days = baselines.counting(plan)
    first, last = kept[original], kept[current]
    context = {
        "product": product,
        "plan": plan,
        "filter": form,
        "original": first,
        "current": last,
        "slip": days(first.finish_at, plan.finishes_at),
        "finish_on": plan.finishes_at and plan.finishes_at.date(),
        "figures": baselines.figures(plan, original, current),
        "page": baselines.page(
            plan, original, current, show=show, after=request.GET.get("after", "")
        ),
        "left": baselines.left(plan, original).order_by("code")[:50] if show == "all" else [],
        "drifts": drifts,
        "ticks": _ticks(axis),
    }
    return render(request, "ipd/plans/comparison.html", context)


def _ticks(axis) -> list[tuple[float, str]]:
    """The beginnings of months or quarters on the small chart, a few of them."""
    if axis is None:
        return []
    factor = CHART_WIDTH / max(axis.width, 1)
    found = [(round(one.x * factor, 1), one.label) for one in gantt.ticks(axis, upper=False)]
    return found[:: max(1, len(found) // 10)]
