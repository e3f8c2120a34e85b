"""One reading: what was divided by what, who stands for it, and what it corrected."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import Stale, require
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from teams.actions import readings
from teams.forms import reading_cells
from teams.forms.readings import CorrectionForm
from teams.models import KpiReading
from teams.models.readings import WITH_FIGURE, Source
from teams.permissions import visible_teams
from teams.queries import figures
from teams.queries import readings as queries
from teams.queries.duties import APPROVE, ENTER
from teams.views.entry import Entry, entry


def _reading(request, pk, *acts: str) -> tuple[KpiReading, Entry]:
    rows = KpiReading.objects.filter(team__in=visible_teams(request.user))
    reading = get_object_or_404(
        rows.select_related("kpi", "team", "entered_by", "approval__by", "superseded_by"), pk=pk
    )
    return reading, entry(request, reading.team_id, *acts)


def _hides(reading: KpiReading, found: Entry) -> bool:
    return (reading.kpi.has_amounts or reading.kpi.is_money) and not found.granted


def _stands(reading: KpiReading) -> bool:
    return not hasattr(reading, "superseded_by")


@require_safe
def page(request, pk):
    """The reading with all that was read of this KPI in the month, the newest first."""
    reading, found = _reading(request, pk)
    approved = hasattr(reading, "approval")
    waits = reading.entered_by_id is not None and reading.status in WITH_FIGURE and _stands(reading)
    context = found.context(
        reading=reading,
        kpi=reading.kpi,
        stands=_stands(reading),
        approval=reading.approval if approved else None,
        waits=waits and not approved,
        rows=[_row(row, reading.kpi, found) for row in queries.chain(reading)],
        shown=_row(reading, reading.kpi, found),
        may_approve=waits
        and not approved
        and APPROVE in found.acts
        and reading.entered_by_id != request.user.pk,
        may_correct=_stands(reading) and ENTER in found.acts and not _hides(reading, found),
        is_computed=reading.source == Source.COMPUTED,
        once=OnceForm(),
    )
    return render(request, "teams/readings/detail.html", context)


def _row(row: KpiReading, kpi, found: Entry) -> dict:
    parts = ""
    if row.ratio is not None and not kpi.is_money:
        parts = figures.parts_shown(kpi, row.numerator, row.denominator, granted=found.granted)
    figure = figures.shown(kpi, row.figure(kpi), granted=found.granted)
    return {"reading": row, "figure": figure, "parts": parts}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def correction(request, pk):
    """What stands there by now is corrected, or the person is told that it moved."""
    reading, found = _reading(request, pk, ENTER)
    require(not _hides(reading, found))
    if request.method == "POST":
        form = CorrectionForm(request.POST, kpi=reading.kpi)
        if form.is_valid():
            if not _stands(reading):
                raise Stale(_("This reading was corrected meanwhile."))
            made = readings.correct(reading, by=request.user, **form.values())
            messages.success(request, _("Corrected; both readings are kept."))
            return redirect("teams:kpi-reading", made.pk)
    else:
        text = reading_cells.written(reading, reading.kpi)
        form = CorrectionForm(kpi=reading.kpi, initial={"text": text})
    context = found.context(reading=reading, kpi=reading.kpi, form=form)
    status = 422 if form.errors else 200
    return render(request, "teams/readings/correction.html", context, status=status)


@require_POST
@once
def approval(request, pk):
    """Another person stands for it."""
    reading, _found = _reading(request, pk, APPROVE)
    readings.approve([reading], by=request.user)
    messages.success(request, _("Approved."))
    return redirect("teams:kpi-reading", reading.pk)
