"""What is objected to a bonus: facts that cut it, appeals against it, and their answers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions import bonus_appeals, bonus_findings
from teams.forms.bonus_teams import AnswerForm, AppealForm, ClearForm, FindingForm
from teams.models import BonusAppeal, BonusFinding
from teams.views.bonus_entry import team_entry
from teams.views.bonus_teams import team_page


@require_POST
@once
def finding(request, pk):
    """State a fact that cuts the pool."""
    found = team_entry(request, pk)
    require(found.access.duties.manages)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, finding=form)
    bonus_findings.state(found.row, by=request.user, **form.given())
    messages.success(request, _("Stated: the pool is cut."))
    return redirect(found.row)


@require_POST
@once
def clearing(request, pk):
    """Say why a fact does not count after all."""
    row = get_object_or_404(BonusFinding.objects.select_related("team__round"), pk=pk)
    found = team_entry(request, row.team_id)
    require(found.access.duties.manages)
    form = ClearForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    bonus_findings.clear(row, reason=reason, by=request.user)
    messages.success(request, _("Cleared: the pool is computed without it."))
    return redirect(found.row)


@require_POST
@once
def appeal(request, pk):
    found = team_entry(request, pk)
    require(found.access.is_member)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, appeal=form)
    bonus_appeals.appeal(found.row, by=request.user, **form.given())
    messages.success(request, _("Your appeal is in; you will be told the answer."))
    return redirect(found.row)


@require_POST
@once
def answer(request, pk):
    row = get_object_or_404(
        BonusAppeal.objects.select_related("team__round", "by", "answer"), pk=pk
    )
    found = team_entry(request, row.team_id)
    require(found.access.duties.approves)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, answer=form, answered=row.pk)
    bonus_appeals.answer(row, by=request.user, **form.given())
    messages.success(request, _("Answered."))
    return redirect(found.row)
