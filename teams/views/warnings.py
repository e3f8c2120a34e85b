"""Early warning of all teams that the reader may see, and of one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.kernel.access import require
from ipd.kernel.htmx import render_part
from ipd.kernel.once import once
from teams.actions import warnings as actions
from teams.forms.warnings import SignsForm, WarningFilter
from teams.models.warnings import Warned
from teams.queries import warnings
from teams.subjects import subjects
from teams.views.boards import measured_team, query_of
from teams.views.kpis import may_edit


@require_safe
def index(request):
    """The teams that show a sign, those with more of the three first."""
    form = WarningFilter(request.GET, line=subjects().groups(), tells=Warned.choices)
    wanted, after = form.wanted(), request.GET.get("after", "")
    context = {
        "filter": form,
        "page": warnings.page(
            request.user,
            group=wanted.get("line", ""),
            tells=wanted.get("tells", ""),
            after=after,
        ),
        "kinds": Warned,
        "later": bool(after),
        "query": query_of(request),
        "here": "warnings",
        "may": may_edit(request),
    }
    return render_part(request, "teams/warnings/list.html", "rows", context)


@require_safe
def team(request, pk):
    """One team's three signs, each with the KPIs behind it."""
    it, subject = measured_team(request, pk)
    context = {
        "team": it,
        "subject": subject,
        "row": warnings.of_team(subject),
        "confidential": not subject.is_open,
    }
    return render(request, "teams/warnings/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def signs(request):
    """Which KPIs tell the three."""
    require(may_edit(request))
    form = SignsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose(form.chosen(), by=request.user)
        messages.success(request, _("These KPIs warn from now on."))
        return redirect("teams:kpi-warnings")
    context = {"form": form}
    return render(request, "teams/warnings/signs.html", context, status=422 if form.errors else 200)
