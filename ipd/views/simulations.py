"""Simulations of a plan: the newest or another one, a new run, and what if."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.actions import simulations
from ipd.forms.simulations import RunForm, WhatIfForm
from ipd.kernel.access import require
from ipd.kernel.actions import jobs
from ipd.kernel.once import form_key, once
from ipd.permissions import acts_of
from ipd.queries import contracts, plans, simulation_charts, simulation_results

MOST_ROWS = 100


@require_safe
def newest(request, pk):
    """The newest simulation of a product's plan, and the form for another."""
    product = get_object_or_404(simulation_results.find(request.user), pk=pk)
    return _page(request, product)


@require_safe
def simulation(request, pk):
    """One simulation, also a what-if."""
    row = get_object_or_404(simulation_results.visible(request.user), pk=pk)
    return _page(request, row.plan.product, row)


def _page(request, product, row=None, *, form=None, what_if=None):
    plan = row.plan if row else plans.plan_of(product)
    contract_on = contracts.ga_dates([product.pk]).get(product.pk)
    context = {"product": product, "plan": plan}
    if plan is not None:
        page = simulation_results.page(plan, row, contract_on=contract_on)
        acts = acts_of(request.user, product)
        may = "simulate" in acts
        context |= {"page": page, "may": may}
        if may:
            seed = page.row.seed if page.row else None
            context["form"] = form or RunForm.fresh(contract_on=contract_on, seed=seed)
        if page.row:
            context |= _said(page) | _drawn(page) | _rows(request, page)
            context["may_ask"] = bool(contract_on) and "request_change" in acts
            if may and not page.row.what_if_of_id:
                context["what_if"] = what_if or WhatIfForm(activities=page.activities)
    bad = [one for one in (form, what_if) if one is not None and one.errors]
    return render(request, "ipd/simulations/page.html", context, status=422 if bad else 200)


def _rows(request, page) -> dict:
    """The most sensitive activities; all of them when asked for."""
    shown = page.activities if request.GET.get("all") else page.activities[:MOST_ROWS]
    return {"shown": shown, "hidden": len(page.activities) - len(shown)}


def _said(page) -> dict:
    """The figures that are words on the page."""
    percent, lesson = simulation_charts.percent, page.lesson
    tone, word = simulation_results.chance(page.probability)
    before = page.previous
    return {
        "lesson": lesson,
        "lesson_share": percent(100 * lesson.share) if lesson else "",
        "contract_on": page.contract_on or page.row.contract_on,
        "probability": None if page.probability is None else percent(100 * page.probability),
        "probability_tone": tone,
        "probability_word": word,
        "plan_share": percent(100 * page.plan_probability),
        "previous_p50": simulation_results.moved(before.p50_days) if before else "",
        "previous_p80": simulation_results.moved(before.p80_days) if before else "",
        "what_if_words": simulation_results.words(page.row),
    }


def _drawn(page) -> dict:
    charts = simulation_charts
    return {
        "spread": charts.spread(page),
        "surely": charts.surely(page),
        "tornado": charts.tornado(page),
        "risks": charts.risks(page) if page.row.drivers else "",
        "calibrated": charts.calibrated(page.calibration) if page.calibration else "",
    }


@require_POST
@once
def run(request, pk):
    """Simulate the plan: at once when it is small, else as a job."""
    product = get_object_or_404(simulation_results.find(request.user), pk=pk)
    plan = plans.plan_of(product)
    if plan is None:
        raise Http404
    require("simulate" in acts_of(request.user, product))
    form = RunForm(request.POST)
    if not form.is_valid():
        return _page(request, product, form=form)
    if simulations.is_quick(plan):
        key = form_key(request.POST.get("key"))
        return redirect(simulations.of_plan(plan, form.wanted, by=request.user, key=key))
    title = _("Simulation of %(product)s") % {"product": product}
    back = request.path.removesuffix("run/")
    asked = form.wanted.plain()
    return redirect(
        jobs.start(
            kind="simulate", title=title, by=request.user, back=back, plan=plan.pk, wanted=asked
        )
    )


@require_POST
@once
def what_if(request, pk):
    """The same simulation with one activity changed."""
    row = get_object_or_404(simulation_results.visible(request.user), pk=pk)
    product = row.plan.product
    require("simulate" in acts_of(request.user, product))
    form = WhatIfForm(request.POST, activities=row.activities.all())
    if not form.is_valid():
        return _page(request, product, row, what_if=form)
    made = simulations.what_if(
        row,
        activity=form.cleaned_data["activity"],
        kind=form.cleaned_data["kind"],
        percent=form.cleaned_data["percent"],
        by=request.user,
        key=form_key(request.POST.get("key")),
    )
    messages.success(request, _("What if: computed with the same luck."))
    return redirect(made)
