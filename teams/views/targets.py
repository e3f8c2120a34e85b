"""What KPIs have to reach, and what dimensions weigh: set by those who may define KPIs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.days import today
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once
from teams.actions import targets
from teams.forms.targets import TargetForm, WeightsForm
from teams.models import KpiTarget
from teams.models.kpis import Dimension
from teams.queries import targets as queries
from teams.subjects import subjects
from teams.views.kpis import card_of, may_edit


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """The form for a target, filled with what is in force in the phase that is asked for."""
    require(may_edit(request))
    kpi = card_of(pk)
    phases = subjects().phases()
    if request.method == "POST":
        form = TargetForm(request.POST, kpi=kpi, phases=phases)
        if form.is_valid():
            targets.set_target(kpi, by=request.user, **form.given())
            messages.success(request, _("Set."))
            return redirect(kpi)
    else:
        phase = request.GET.get("phase", "")
        form = TargetForm.fresh(kpi, initial=_in_force(kpi, phase), kpi=kpi, phases=phases)
    context = {"kpi": kpi, "form": form, "closed": targets.closed_until()}
    status = 422 if form.errors else 200
    return render(request, "teams/kpis/target.html", context, status=status)


def _in_force(kpi, phase: str) -> dict:
    found = queries.on(today()).targets.get((kpi.pk, phase))
    initial = {"phase": phase, "valid_from": today(), "is_due": True}
    if found is not None:
        for name in ("floor", "target", "stretch", "centre"):
            value = getattr(found, name)
            initial[name] = None if value is None else f"{value.normalize():f}"
    return initial


@require_POST
@once
def removal(request, pk):
    """Take a target out that no closed month was judged by."""
    require(may_edit(request))
    target = get_object_or_404(KpiTarget.objects.select_related("kpi"), pk=pk)
    targets.remove_target(target, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Taken out."))
    return redirect(target.kpi)


@require_safe
def weights(request):
    """What each dimension weighs in each phase, today."""
    aims = queries.on(today())
    rows = [
        (code, name, [aims.weight(code, value) for value in Dimension.values])
        for code, name in subjects().phases()
    ]
    context = {
        "rows": [(*row, sum(row[2])) for row in rows],
        "dimensions": Dimension.choices,
        "may": may_edit(request),
    }
    return render(request, "teams/kpis/weights.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def weight(request, phase):
    """The weights of one phase as a form."""
    require(may_edit(request))
    name = dict(subjects().phases()).get(phase)
    if name is None:
        raise Http404
    if request.method == "POST":
        form = WeightsForm(request.POST)
        if form.is_valid():
            targets.set_weights(phase, by=request.user, **form.given())
            messages.success(request, _("Set."))
            return redirect("teams:kpi-weights")
    else:
        aims = queries.on(today())
        form = WeightsForm(initial={value: aims.weight(phase, value) for value in Dimension.values})
    context = {"phase": phase, "name": name, "form": form, "closed": targets.closed_until()}
    status = 422 if form.errors else 200
    return render(request, "teams/kpis/weight.html", context, status=status)
