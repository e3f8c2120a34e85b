"""Whoever runs the academy assigns crises: who has which, passed or not yet, never a score."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ipd.kernel.access import require
from ipd.kernel.keyset import part
from ipd.kernel.once import once
from teams.actions.academy import crisis_assignments as actions
from teams.forms.academy.crises import AssignForm
from teams.models import CrisisAssignment
from teams.permissions.academy import RUN, acts_in_academy
from teams.queries.academy import crises

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@once
def index(request):
    acts = acts_in_academy(request.user)
    require(RUN in acts)
    form = AssignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = actions.assign(by=request.user, **form.given())
        messages.success(request, _("Assigned to %(person)s.") % {"person": row.person})
        return redirect("teams:crisis-assignments")
    page = part(crises.assigned(), ("-pk",), after=request.GET.get("after", ""), size=PAGE)
    titles = crises.titles()
    context = {
        "page": page,
        "rows": [(row, titles.get(row.scenario, row.scenario)) for row in page.rows],
        "means": [
            (titles.get(slug, slug), n, mean) for slug, (n, mean) in crises.mean_scores().items()
        ],
        "fewest": crises.FEWEST,
        "form": form,
        "acts": acts,
    }
    status = 422 if form.is_bound else 200
    return render(request, "teams/academy/crises/assignments.html", context, status=status)


@require_POST
@once
def removal(request, pk):
    require(RUN in acts_in_academy(request.user))
    actions.take_back(get_object_or_404(CrisisAssignment, pk=pk))
    messages.success(request, _("Taken back."))
    return redirect("teams:crisis-assignments")
