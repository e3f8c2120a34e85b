"""Who assesses a work, and what each of them says alone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ipd.kernel.access import Refused, require
from ipd.kernel.once import once
from teams.actions.academy import assessing as actions
from teams.forms.academy.assignments import AssessorsForm, RatingForm
from teams.models import AssignmentAssessor
from teams.permissions.academy import acts_in_academy
from teams.permissions.assignments import possible_assessors, visible_assignments
from teams.queries.academy import assignments
from teams.views.academy.assignments import work_page
from teams.views.academy.practice_entry import work_entry


@require_POST
@once
def assessors(request, pk):
    """Name who assesses the work."""
    found = work_entry(request, pk)
    require(found.part.runs)
    form = AssessorsForm(request.POST, people=possible_assessors(found.row.enrolment))
    if not form.is_valid():
        return work_page(request, found, assessors_form=form)
    actions.name(found.row, by=request.user, **form.given())
    messages.success(request, _("Named."))
    return redirect(found.row)


@require_POST
@once
def assessor_removal(request, pk):
    """Let an assessor off who has not rated yet."""
    acts = acts_in_academy(request.user)
    rows = AssignmentAssessor.objects.filter(assignment__in=visible_assignments(request.user, acts))
    row = get_object_or_404(rows.select_related("assignment__enrolment", "person"), pk=pk)
    require(work_entry(request, row.assignment_id).part.runs)
    actions.unname(row)
    messages.success(request, _("Let off."))
    return redirect(row.assignment)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def rating(request, pk):
    """The rubric, before an assessor who reads the work and nobody else's marks."""
    found = work_entry(request, pk)
    require(bool(found.part.rates))
    row = found.row
    if found.part.rates.rated_at:
        if request.method == "POST":
            raise Refused(_("You have rated it already."))
        return redirect(row)
    criteria = list(row.element.rubric.criteria.all()) if row.element.rubric_id else []
    if request.method == "POST":
        form = RatingForm(request.POST, criteria=criteria)
    else:
        form = RatingForm.fresh(row, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        actions.rate(found.part.rates, **form.said())
        messages.success(request, _("Your rating is kept."))
        return redirect(row)
    context = {
        "acts": found.acts,
        "row": row,
        "part": found.part,
        "form": form,
        "sheet": assignments.sheet(row, found.part),
        "ready": row.state == "handed_in",
    }
    status = 422 if form.errors else 200
    return render(request, "teams/academy/assignments/rating.html", context, status=status)
