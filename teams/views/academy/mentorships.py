"""One pair: its sessions, goals, actions and notes; what each reader may see of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once
from teams.actions.academy import mentoring, mentoring_sessions
from teams.calculations.academy.mentoring import next_due
from teams.forms.academy.mentoring import (
    ActionForm,
    EndForm,
    GoalsForm,
    HealthForm,
    NoteForm,
    SessionForm,
)
from teams.models import SharedAction
from teams.models.academy.mentoring import MentorshipState
from teams.permissions.academy import RUN, acts_in_academy
from teams.queries.academy import mentoring as pairs


def pair_entry(request, pk):
    """The pair, if the reader is one of it or runs the academy, and the reader's acts."""
    acts = acts_in_academy(request.user)
    rows = pairs.for_page(pairs.visible_to(request.user, acts))
    return get_object_or_404(rows, pk=pk), acts


def one_of(request, pk):
    """The pair, for one of the two; who runs the academy may look, and not act for them."""
    row, acts = pair_entry(request, pk)
    require(request.user.pk in (row.mentor_id, row.enrolment.person_id))
    return row, acts


def as_mentor(request, pk):
    """The pair, for the one who mentors in it."""
    row, acts = pair_entry(request, pk)
    require(row.mentor_id == request.user.pk)
    return row, acts


@require_safe
def page(request, pk):
    row, acts = pair_entry(request, pk)
    return pair_page(request, row, acts)


def pair_page(request, row, acts, **bound):
    """What the two share is read for them alone, private notes for their author alone."""
    person = request.user
    mentors, learns = row.mentor_id == person.pk, row.enrolment.person_id == person.pk
    both, runs = mentors or learns, RUN in acts
    active = row.state == MentorshipState.ACTIVE
    checks = row.checks.select_related("person")
    if not runs:
        checks = checks.filter(person=person)
    checks = list(checks)
    said = any(check.person_id == person.pk for check in checks)
    asks = active and both and not said and mentoring_sessions.asks_how_it_goes(row)
    context = {
        "row": row,
        "acts": acts,
        "mentors": mentors,
        "learns": learns,
        "both": both,
        "runs": runs,
        "active": active,
        "next_due": next_due(row.met_on),
        "overdue_before": pairs.overdue_before(),
        "checks": checks,
    }
    if both:
        context |= {
            "sessions": list(row.sessions.all()),
            "actions": list(row.actions.select_related("person").order_by("done_on", "due_on")),
            "notes": list(row.notes.filter(author=person)) if mentors else [],
        }
    if active and both:
        context |= {
            "session": bound.get("session") or SessionForm(),
            "goals": bound.get("goals") or GoalsForm.fresh(row, initial={"goals": row.goals}),
            "action": bound.get("action") or ActionForm(pair=row),
            "note": (bound.get("note") or NoteForm()) if mentors else None,
            "health": (bound.get("health") or HealthForm()) if asks else None,
        }
    if row.state != MentorshipState.ENDED and (both or runs):
        context["ending"] = bound.get("ending") or EndForm.fresh(row)
    if row.state == MentorshipState.PROPOSED and mentors:
        context["step"] = SeenForm.fresh(row)
    status = 422 if bound else 200
    return render(request, "teams/academy/mentoring/detail.html", context, status=status)


@require_POST
@once
def acceptance(request, pk):
    row, _acts = as_mentor(request, pk)
    mentoring.accept(row, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("You are a pair now. Agree on the first session."))
    return redirect(row)


@require_POST
@once
def refusal(request, pk):
    row, _acts = as_mentor(request, pk)
    mentoring.decline(row, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Declined; they have been told."))
    return redirect("teams:mentoring")


@require_POST
@once
def session(request, pk):
    row, acts = one_of(request, pk)
    form = SessionForm(request.POST)
    if not form.is_valid():
        return pair_page(request, row, acts, session=form)
    mentoring_sessions.meet(row, by=request.user, **form.given())
    messages.success(request, _("The session is noted."))
    return redirect(row)


@require_POST
@once
def goals(request, pk):
    row, acts = one_of(request, pk)
    form = GoalsForm(request.POST)
    if not form.is_valid():
        return pair_page(request, row, acts, goals=form)
    mentoring_sessions.set_goals(row, by=request.user, **form.given())
    messages.success(request, _("The goals are kept."))
    return redirect(row)


@require_POST
@once
def action(request, pk):
    row, acts = one_of(request, pk)
    form = ActionForm(request.POST, pair=row)
    if not form.is_valid():
        return pair_page(request, row, acts, action=form)
    mentoring_sessions.agree(row, by=request.user, **form.given())
    return redirect(row)


@require_POST
@once
def action_done(request, pk):
    """Of a shared action; it is there for the two alone."""
    found = get_object_or_404(SharedAction.objects.select_related("mentorship"), pk=pk)
    row, _acts = one_of(request, found.mentorship_id)
    mentoring_sessions.finish(found, by=request.user)
    return redirect(row)


@require_POST
@once
def note(request, pk):
    row, acts = as_mentor(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return pair_page(request, row, acts, note=form)
    mentoring_sessions.note(row, by=request.user, **form.given())
    return redirect(row)


@require_POST
@once
def health(request, pk):
    row, acts = one_of(request, pk)
    form = HealthForm(request.POST)
    if not form.is_valid():
        return pair_page(request, row, acts, health=form)
    mentoring_sessions.say_how_it_goes(row, by=request.user, **form.given())
    messages.success(request, _("Thank you; the academy reads it."))
    return redirect(row)


@require_POST
@once
def end(request, pk):
    row, acts = pair_entry(request, pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return pair_page(request, row, acts, ending=form)
    mentoring.end(row, by=request.user, **form.given())
    messages.success(request, _("The pair has ended."))
    if request.user.pk == row.enrolment.person_id or RUN in acts:
        return redirect("teams:mentor-choice", row.enrolment_id)
    return redirect("teams:mentoring")
