"""A draft's rules and teams, as whoever prepares the round writes them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions import bonuses
from teams.forms.bonuses import GradeForm, PaidForm, RoundForm, TeamForm
from teams.models import BonusKpi
from teams.queries import bonus_access
from teams.views.bonus_entry import managed, round_entry
from teams.views.bonuses import round_page


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    managed(request.user)
    form = RoundForm(request.POST) if request.method == "POST" else RoundForm()
    if form.is_bound and form.is_valid():
        row = bonuses.draft(facts=form.facts(), by=request.user)
        messages.success(request, _("Drafted. Nobody else sees it before it is opened."))
        return redirect(row)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    found = _managed_round(request, pk)
    form = RoundForm.fresh(found.row)
    if request.method == "POST":
        form = RoundForm(request.POST, row=found.row)
        if form.is_valid():
            seen = form.cleaned_data["version"] or 0
            bonuses.edit(found.row, facts=form.facts(), by=request.user, seen_version=seen)
            messages.success(request, _("Saved."))
            return redirect(found.row)
    return _form(request, form, found.row)


def _form(request, form, row=None):
    status = 422 if form.errors else 200
    return render(request, "teams/bonuses/form.html", {"form": form, "round": row}, status=status)


def _managed_round(request, pk):
    found = round_entry(request, pk)
    require(found.duties.manages)
    return found


@require_POST
@once
def kpi(request, pk):
    """Pay for a KPI, or change what is paid for it."""
    found = _managed_round(request, pk)
    form = PaidForm(request.POST)
    if not form.is_valid():
        return round_page(request, found.row, found.duties, kpi_form=form)
    given = form.cleaned_data
    bonuses.put_kpi(
        found.row, kpi=given["kpi"], scale=form.scale(), weight=given["weight"], by=request.user
    )
    return redirect(found.row)


@require_POST
@once
def kpi_removal(request, pk):
    managed(request.user)
    paid = get_object_or_404(BonusKpi.objects.select_related("round"), pk=pk)
    bonuses.drop_kpi(paid, by=request.user)
    return redirect(paid.round)


@require_POST
@once
def grade(request, pk):
    found = _managed_round(request, pk)
    form = GradeForm(request.POST)
    if not form.is_valid():
        return round_page(request, found.row, found.duties, grade_form=form)
    given = form.cleaned_data
    bonuses.put_grade(found.row, role=given["role"], weight=given["weight"], by=request.user)
    return redirect(found.row)


@require_POST
@once
def team(request, pk):
    """Take a team in, with everybody who sat in it."""
    found = _managed_round(request, pk)
    form = TeamForm(request.POST, teams=bonus_access.choices(request.user))
    if not form.is_valid():
        return round_page(request, found.row, found.duties, team_form=form)
    bonuses.put_team(found.row, by=request.user, **form.given())
    return redirect(found.row)


@require_POST
@once
def team_removal(request, pk):
    row = get_object_or_404(bonus_access.team_bonuses(request.user), pk=pk)
    managed(request.user)
    bonuses.drop_team(row, by=request.user)
    return redirect(row.round)
