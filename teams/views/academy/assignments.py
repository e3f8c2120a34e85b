"""A learner's works: the list, one of them, and what its learner does with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.attachments import given_out
from ipd.kernel.days import today
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.keyset import part as slice_of
from ipd.kernel.once import once
from teams.actions.academy import assignments as actions
from teams.calculations.academy.pace import last_day
from teams.forms.academy.assignments import (
    AssessorsForm,
    BriefForm,
    PieceForm,
    PracticeFilter,
    TextForm,
)
from teams.models.academy.assignments import AssignmentState
from teams.permissions.academy import acts_in_academy
from teams.permissions.assignments import (
    possible_assessors,
    visible_assignments,
    visible_pieces,
)
from teams.queries.academy import assignments
from teams.views.academy.practice_entry import own_work, practice_entry, work_entry

PAGE = 25


@require_safe
def index(request):
    """Works that the reader does, rates, looks after or administers, the newest first."""
    acts = acts_in_academy(request.user)
    whose = [("own", _("My own")), ("rate", _("That I assess"))]
    form = PracticeFilter(request.GET, state=AssignmentState.choices, mine=whose)
    wanted = form.wanted()
    rows = visible_assignments(request.user, acts)
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("mine") == "own":
        rows = rows.filter(enrolment__person=request.user)
    elif wanted.get("mine") == "rate":
        rows = rows.filter(assessors__person=request.user)
    rows = assignments.listed(rows, request.user)
    after = request.GET.get("after", "")
    context = {
        "acts": acts,
        "filter": form,
        "page": slice_of(rows, ("-started_on", "-pk"), after=after, size=PAGE),
        "later": bool(after),
    }
    return render(request, "teams/academy/assignments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk, element_pk):
    """Begin an assignment of the path."""
    found = practice_entry(request, pk, element_pk)
    started = found.enrolment.started_on
    until = last_day(started, found.element.to_week) if started else today()
    initial = {"due_on": max(until, today())}
    form = BriefForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.start(found.enrolment, found.element, by=request.user, **form.given())
        messages.success(
            request, _("Begun. Write here, add files, and hand it in when it is done.")
        )
        return redirect(row)
    context = {
        "acts": found.acts,
        "form": form,
        "enrolment": found.enrolment,
        "element": found.element,
    }
    status = 422 if form.errors else 200
    return render(request, "teams/academy/assignments/form.html", context, status=status)


@require_safe
def page(request, pk):
    """One work, as far as the reader may see it."""
    return work_page(request, work_entry(request, pk))


def work_page(request, found, **bound):
    """The work with the forms of what its reader may do now; `bound` are those with errors."""
    row, part = found.row, found.part
    writes = part.is_learner and row.is_open
    names = part.runs and not row.is_decided
    sheet = assignments.sheet(row, part)
    missing = actions.needed(row.element) - len(sheet.assessors)
    tries = visible_assignments(request.user, found.acts).exclude(pk=row.pk)
    context = {
        "acts": found.acts,
        "row": row,
        "part": part,
        "sheet": sheet,
        "tries": tries.filter(enrolment=row.enrolment_id, element=row.element_id),
        "needed": actions.needed(row.element),
        "missing": missing,
        "step": SeenForm.fresh(row) if part.is_learner else None,
        "text_form": None,
        "assessors_form": None,
        "takes_back": part.is_learner
        and row.state == "handed_in"
        and not any(one.rated_at for one in sheet.assessors),
        "again": part.is_learner and row.state == "not_yet",
        "rates": part.rates and not part.rates.rated_at and row.state == "handed_in",
    }
    if writes:
        fresh = TextForm.fresh(row, initial={"text": row.text})
        context["text_form"] = bound.get("text_form") or fresh
        context["piece_form"] = bound.get("piece_form") or PieceForm()
    if names and missing > 0:
        able = possible_assessors(row.enrolment)
        able = able.exclude(pk__in=[one.person_id for one in sheet.assessors])
        context["assessors_form"] = bound.get("assessors_form") or AssessorsForm(people=able)
    status = 422 if bound else 200
    return render(request, "teams/academy/assignments/detail.html", context, status=status)


@require_POST
@once
def text(request, pk):
    """Keep what was written; nobody else reads it before it is handed in."""
    found = work_entry(request, pk)
    require(found.part.is_learner)
    form = TextForm(request.POST)
    if not form.is_valid():
        return work_page(request, found, text_form=form)
    actions.write(found.row, **form.given())
    messages.success(request, _("Saved; nobody else reads it before you hand it in."))
    return redirect(found.row)


@require_POST
@once
def piece_new(request, pk):
    found = work_entry(request, pk)
    require(found.part.is_learner)
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return work_page(request, found, piece_form=form)
    actions.add_piece(found.row, **form.given())
    messages.success(request, _("Added."))
    return redirect(found.row)


@require_POST
@once
def piece_removal(request, pk):
    piece = get_object_or_404(visible_pieces(request.user).select_related("assignment"), pk=pk)
    row = own_work(request, piece.assignment_id)
    actions.remove_piece(piece)
    messages.success(request, _("Taken out; versions that were handed in keep it."))
    return redirect(row)


@require_POST
@once
def handing_in(request, pk):
    """What stands in the box is handed in, whether it was saved before or not."""
    found = work_entry(request, pk)
    require(found.part.is_learner)
    form = TextForm(request.POST)
    if "text" not in request.POST:
        actions.hand_in(found.row, **SeenForm.seen(request.POST))
    elif form.is_valid():
        actions.hand_in(found.row, **form.given())
    else:
        return work_page(request, found, text_form=form)
    messages.success(request, _("Handed in."))
    return redirect(found.row)


@require_POST
@once
def taking_back(request, pk):
    row = own_work(request, pk)
    actions.take_back(row, **SeenForm.seen(request.POST))
    messages.success(request, _("Taken back: you can change it and hand it in again."))
    return redirect(row)


@require_safe
def file(request, pk):
    """A file as it was added, only to those who read the work, and never run by a browser."""
    piece = get_object_or_404(visible_pieces(request.user).exclude(file=""), pk=pk)
    return given_out(piece.file, name=piece.file_name or piece.title)
