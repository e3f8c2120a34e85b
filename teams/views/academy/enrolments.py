"""Somebody's enrolment, for those who follow it: what is done, and no marks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import enrolments as actions
from teams.forms.academy.enrolments import ManagerForm, WithdrawForm
from teams.permissions.academy import RUN, acts_in_academy, visible_enrolments
from teams.queries.academy import enrolments, standing


def _entry(request, pk):
    """The enrolment and what the reader may do in the academy; 404 for whose affair it is not."""
    acts = acts_in_academy(request.user)
    rows = enrolments.with_mentor(visible_enrolments(request.user, acts))
    rows = rows.select_related("person", "path", "cohort", "manager")
    return get_object_or_404(rows, pk=pk), acts


@require_safe
def page(request, pk):
    """How far somebody is; the learner's own page is the path."""
    enrolment, acts = _entry(request, pk)
    if enrolment.person_id == request.user.pk:
        return redirect(enrolment.path)
    return _shown(request, enrolment, acts)


def _shown(request, enrolment, acts, **bound):
    runs = RUN in acts
    context = {
        "acts": acts,
        "enrolment": enrolment,
        "way": standing.way(enrolment.path, enrolment),
        "runs": runs,
        "withdraw": WithdrawForm.fresh(enrolment) if runs and enrolment.is_open else None,
        "manager_form": bound.get("manager_form")
        or (
            ManagerForm.fresh(enrolment, initial={"manager": enrolment.manager})
            if runs and enrolment.is_open
            else None
        ),
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/home/enrolment.html", context, status=status)


@require_POST
@once
def withdrawal(request, pk):
    """The learner leaves, or the academy lead takes somebody off the path."""
    enrolment, acts = _entry(request, pk)
    own = enrolment.person_id == request.user.pk
    require(own or RUN in acts)
    actions.withdraw(enrolment, by=request.user, **WithdrawForm.seen(request.POST))
    messages.success(request, _("Off the path; what was done is kept."))
    return redirect("teams:academy" if own else enrolment)


@require_POST
@once
def manager(request, pk):
    enrolment, acts = _entry(request, pk)
    require(RUN in acts)
    form = ManagerForm(request.POST)
    if not form.is_valid():
        return _shown(request, enrolment, acts, manager_form=form)
    actions.set_manager(enrolment, by=request.user, **form.given())
    messages.success(request, _("The manager is named."))
    return redirect(enrolment)
