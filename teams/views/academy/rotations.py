"""Rotations: the list, one of them, and the steps of learner and host."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import Refused, require
from ipd.kernel.days import today
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.keyset import part as slice_of
from ipd.kernel.once import once
from teams.actions.academy import rotations as actions
from teams.forms.academy.assignments import PracticeFilter
from teams.forms.academy.rotations import (
    FeedbackForm,
    LeavingForm,
    PlanForm,
    ReasonForm,
)
from teams.models.academy.rotations import RotationState
from teams.permissions.academy import acts_in_academy
from teams.permissions.assignments import visible_rotations
from teams.queries.academy import rotations
from teams.views.academy.practice_entry import practice_entry, rotation_entry

PAGE = 25


@require_safe
def index(request):
    """Rotations that the reader does, hosts, looks after or administers, the newest first."""
    acts = acts_in_academy(request.user)
    whose = [("own", _("My own")), ("host", _("That I host"))]
    form = PracticeFilter(request.GET, state=RotationState.choices, mine=whose)
    wanted = form.wanted()
    rows = visible_rotations(request.user, acts)
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("mine") == "own":
        rows = rows.filter(enrolment__person=request.user)
    elif wanted.get("mine") == "host":
        rows = rows.filter(host=request.user)
    after = request.GET.get("after", "")
    context = {
        "acts": acts,
        "filter": form,
        "page": slice_of(rotations.listed(rows, request.user), ("-pk",), after=after, size=PAGE),
        "later": bool(after),
    }
    return render(request, "teams/academy/rotations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk, element_pk):
    """Plan a rotation, within the learner's time."""
    found = practice_entry(request, pk, element_pk)
    form = PlanForm(request.POST or None, enrolment=found.enrolment, reader=request.user)
    if request.method == "POST" and form.is_valid():
        row = actions.plan(found.enrolment, found.element, by=request.user, **form.facts())
        messages.success(request, _("Planned; the host is asked."))
        return redirect(row)
    return _form(request, form, found.enrolment, found.element, found.acts)


def _form(request, form, enrolment, element, acts, row=None):
    context = {"form": form, "enrolment": enrolment, "element": element, "acts": acts, "row": row}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/rotations/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """Plan it differently; the host is asked again."""
    found = rotation_entry(request, pk)
    require(found.part.is_learner or found.part.is_lead)
    row, told = found.row, {"enrolment": found.row.enrolment, "reader": request.user}
    if request.method == "POST":
        form = PlanForm(request.POST, row=row, **told)
        if form.is_valid():
            seen = form.cleaned_data["version"] or 0
            actions.change(row, by=request.user, seen_version=seen, **form.facts())
            messages.success(request, _("Changed; the host is asked again."))
            return redirect(row)
    else:
        form = PlanForm.of(row, **told)
    return _form(request, form, row.enrolment, row.element, found.acts, row)


@require_safe
def page(request, pk):
    """One rotation, as far as the reader may see it."""
    return _page(request, rotation_entry(request, pk))


def _page(request, found, **bound):
    row, part = found.row, found.part
    plans = part.is_learner or part.is_lead
    before = row.state in (RotationState.PLANNED, RotationState.AGREED)
    leaves = part.is_learner and row.state == RotationState.AGREED
    context = {
        "acts": found.acts,
        "row": row,
        "part": part,
        "sheet": rotations.sheet(row, part, reader=request.user),
        "edits": plans and before,
        "agreeing": SeenForm.fresh(row) if part.rates and row.state == "planned" else None,
        "reason_form": bound.get("reason_form") or ReasonForm.fresh(row)
        if before and (plans or part.rates)
        else None,
        "leaves": leaves,
        "is_over": row.last_day <= today(),
        "leaving_form": bound.get("leaving_form") or LeavingForm.fresh(row) if leaves else None,
        "gives": part.rates and row.state == RotationState.LEFT,
        "again": part.is_learner and row.state in ("not_yet", "cancelled"),
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/rotations/detail.html", context, status=status)


@require_POST
@once
def agreement(request, pk):
    found = rotation_entry(request, pk)
    require(bool(found.part.rates))
    actions.agree(found.row, **SeenForm.seen(request.POST))
    messages.success(request, _("Agreed; the learner is told."))
    return redirect(found.row)


@require_POST
@once
def cancellation(request, pk):
    """Called off by the learner or the academy, or declined by the host."""
    found = rotation_entry(request, pk)
    part = found.part
    require(part.is_learner or part.is_lead or bool(part.rates))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason_form=form)
    actions.cancel(found.row, by=request.user, **form.given())
    messages.success(request, _("Called off."))
    return redirect(found.row)


@require_POST
@once
def leaving(request, pk):
    found = rotation_entry(request, pk)
    require(found.part.is_learner)
    form = LeavingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, leaving_form=form)
    actions.leave(found.row, **form.given())
    messages.success(request, _("Your host is asked for feedback."))
    return redirect(found.row)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def feedback(request, pk):
    """The host's rubric."""
    found = rotation_entry(request, pk)
    require(bool(found.part.rates))
    row = found.row
    if row.state != RotationState.LEFT:
        if request.method == "POST":
            raise Refused(_("Feedback is given once, after the last day."))
        return redirect(row)
    criteria = list(row.element.rubric.criteria.all())
    if request.method == "POST":
        form = FeedbackForm(request.POST, criteria=criteria)
    else:
        form = FeedbackForm.fresh(row, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        actions.rate(row, **form.said())
        messages.success(request, _("Your feedback is kept; the learner reads it."))
        return redirect(row)
    context = {"form": form, "row": row, "acts": found.acts}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/rotations/feedback.html", context, status=status)
