"""Board interviews: planned, rated alone, talked about, decided together."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.days import today
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once
from teams.actions.academy import interview_results as results
from teams.actions.academy import interviews as actions
from teams.forms.academy.certification import (
    CallOffForm,
    InterviewForm,
    MoveForm,
    RatingForm,
    ResultForm,
)
from teams.models import BoardInterview, InterviewAssessor
from teams.models.academy.interviews import InterviewState
from teams.permissions.academy import RUN, acts_in_academy, visible_enrolments
from teams.permissions.certification import Part, part_in, visible_interviews
from teams.queries.academy import interviews as queries
from teams.queries.academy.readiness import (
    is_of_another_line,
    lines_of,
    possible,
    readiness,
)

TONES = {"passed": "on", "not_yet": "risk"}


@dataclass(frozen=True)
class Entry:
    row: BoardInterview
    seats: list[InterviewAssessor]
    part: Part
    acts: frozenset[str]


def _entry(request, pk) -> Entry:
    """404 for whose affair the interview is not."""
    acts = acts_in_academy(request.user)
    row = get_object_or_404(queries.detailed(visible_interviews(request.user, acts)), pk=pk)
    seats = queries.seats_of(row)
    return Entry(row, seats, part_in(request.user, row, seats, acts), acts)


@require_safe
def page(request, pk):
    return _shown(request, _entry(request, pk))


def _shown(request, found: Entry, **bound):
    row, part = found.row, found.part
    criteria = results.criteria_of(row)
    sheet = queries.sheet(row, found.seats, criteria, part)
    planned = row.state == InterviewState.PLANNED
    held = any(seat.rated_at for seat in found.seats)
    chairs = part.seat is not None and part.seat.is_chair and row.state == InterviewState.RATED
    context = {
        "acts": found.acts,
        "interview": row,
        "seats": found.seats,
        "part": part,
        "sheet": sheet,
        "sees_all": part.sees_all(row),
        "sees_result": part.sees_all(row) and bool(row.result),
        "tone": TONES.get(row.result, "none"),
        "lacks": readiness(row.enrolment).lacks if planned else [],
        "is_held": row.planned_on <= today(),
        "rates": planned and part.seat is not None and part.seat.rated_at is None,
        "signs": row.state == InterviewState.RATED
        and bool(row.result)
        and part.seat is not None
        and part.seat.signed_at is None,
        "step": SeenForm.fresh(row),
        "result_form": bound.get("result_form")
        or (ResultForm.fresh(row, lines=sheet.lines, initial=_put(row)) if chairs else None),
        "move": bound.get("move")
        or (
            MoveForm.fresh(row, initial={"planned_on": row.planned_on, "place": row.place})
            if part.runs and planned and not held
            else None
        ),
        "call_off": bound.get("call_off")
        or (CallOffForm.fresh(row) if part.runs and row.is_open else None),
        "practice": list(queries.practice_of(row.enrolment.person)[:20]),
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/certification/interview.html", context, status=status)


def _put(row: BoardInterview) -> dict:
    """What the chair has put already."""
    return {"result": row.result, "words": row.words, "again_on": row.again_on}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """The academy's lead asks three assessors."""
    acts = acts_in_academy(request.user)
    rows = visible_enrolments(request.user, acts).select_related("person__function", "path")
    enrolment = get_object_or_404(rows, pk=pk)
    require(RUN in acts and enrolment.person_id != request.user.pk)
    people = possible(enrolment).select_related("function").order_by("name", "pk")
    able = list(people)
    lines = lines_of([enrolment.person, *able])
    apart = {one.pk for one in able if is_of_another_line(one, enrolment.person, lines)}
    form = InterviewForm(request.POST or None, people=people, apart=apart)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        row = actions.plan(enrolment, by=request.user, **given)
        messages.success(request, _("Planned; learner and assessors have been told."))
        return redirect(row)
    context = {"acts": acts, "enrolment": enrolment, "form": form, "ready": readiness(enrolment)}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/certification/interview_new.html", context, status=status)


@require_POST
@once
def move(request, pk):
    found = _entry(request, pk)
    require(found.part.runs)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, move=form)
    actions.move(found.row, by=request.user, **form.given())
    messages.success(request, _("Moved; all four have been told."))
    return redirect(found.row)


@require_POST
@once
def calling_off(request, pk):
    found = _entry(request, pk)
    require(found.part.runs)
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, call_off=form)
    actions.call_off(found.row, by=request.user, **form.given())
    messages.success(request, _("Called off; all four have been told."))
    return redirect(found.row)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def rating(request, pk):
    """Each of the three, alone and blind."""
    found = _entry(request, pk)
    require(found.part.seat is not None)
    row = found.row
    if found.part.seat.rated_at:
        return redirect(row)
    criteria = results.criteria_of(row)
    form = RatingForm(request.POST or None, criteria=criteria, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        results.rate(row, by=request.user, levels=form.levels())
        messages.success(request, _("Rated. All see it once all three have rated."))
        return redirect(row)
    context = {
        "acts": found.acts,
        "interview": row,
        "form": form,
        "lacks": readiness(row.enrolment).lacks,
        "is_held": row.planned_on <= today(),
    }
    status = 422 if form.errors else 200
    return render(request, "teams/academy/certification/rating.html", context, status=status)


@require_POST
@once
def result(request, pk):
    found = _entry(request, pk)
    require(found.part.seat is not None and found.part.seat.is_chair)
    criteria = results.criteria_of(found.row)
    sheet = queries.sheet(found.row, found.seats, criteria, found.part)
    form = ResultForm(request.POST, lines=sheet.lines)
    if not form.is_valid():
        return _shown(request, found, result_form=form)
    results.propose(found.row, by=request.user, **form.said())
    messages.success(request, _("Put and signed; the two others are asked to sign."))
    return redirect(found.row)


@require_POST
@once
def signature(request, pk):
    found = _entry(request, pk)
    require(found.part.seat is not None)
    results.sign(found.row, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Signed."))
    return redirect(found.row)
