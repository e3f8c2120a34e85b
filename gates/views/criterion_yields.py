"""Criteria: what each changed, and what its owner decides on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gates.actions import criterion_verdicts
from gates.forms.health import CANDIDATES, DECIDED, UNASSESSED, WAIVED, VerdictForm, YieldFilter
from gates.models import CriterionDefinition
from gates.queries import criterion_yields
from gates.queries.criterion_yields import Yield
from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.models import Function

IN_STATE = {
    CANDIDATES: lambda row: row.is_candidate,
    WAIVED: lambda row: row.is_often_waived,
    DECIDED: lambda row: row.verdict is not None,
    UNASSESSED: lambda row: not row.assessed,
}


@require_safe
def index(request):
    """All criteria of the process as it stands, by gate."""
    version = criterion_yields.current()
    groups = criterion_yields.by_gate(version) if version else []
    form = YieldFilter(request.GET, gate=[(group.code, group.code) for group in groups])
    wanted = form.wanted()
    keeps = IN_STATE.get(wanted.get("state"), lambda row: True)
    candidates: list[Yield] = [row for group in groups for row in group.rows if row.is_candidate]
    shown = []
    for group in groups:
        rows = [row for row in group.rows if keeps(row)]
        if rows and wanted.get("gate") in (None, group.code):
            shown.append((group, rows))
    counted = [row.here.counted_on for group in groups for row in group.rows if row.here]
    context = {
        "here": "criteria",
        "version": version,
        "groups": shown,
        "filter": form,
        "candidates": candidates,
        "counted_on": max(counted, default=None),
    }
    return render(request, "gates/health/criteria.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def criterion(request, pk):
    """What it changed, what was decided on it, and its owner's next word."""
    it = get_object_or_404(
        CriterionDefinition.objects.select_related("gate__chain__process").filter(
            gate__chain__process__is_current=True
        ),
        pk=pk,
    )
    function = Function.objects.select_related("head").filter(code=it.function).first()
    may = function is not None and function.head_id == request.user.pk
    found = criterion_yields.of(it)
    form = None
    if may:
        seen = found.verdict.pk if found.verdict else 0
        form = VerdictForm(request.POST or None, initial={"seen": seen}, criterion=it)
    if request.method == "POST":
        require(may)
        if form.is_valid():
            criterion_verdicts.judge(it, by=request.user, **form.given())
            messages.success(request, _("Recorded in the ledger; the next review asks by it."))
            return redirect("gates:health-criterion", it.pk)
    context = {
        "criterion": it,
        "function": function,
        "row": found,
        "history": list(criterion_yields.verdicts_on(it)),
        "form": form,
        "here": "criteria",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "gates/health/criterion.html", context, status=status)
