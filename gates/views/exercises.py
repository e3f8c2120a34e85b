"""The rehearsals' first page, and an exercise: what was known, the vote, then what came."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gates.actions import exercises
from gates.calculations import foresight
from gates.forms.exercises import ExerciseFilter, ExerciseForm
from gates.models import Chain, Exercise, Review
from gates.permissions import rights_of
from gates.queries import exercises as queries
from gates.queries import rehearsals
from gates.queries.outcomes import outcomes_of
from gates.queries.results import result_of
from ipd.kernel.access import Refused
from ipd.kernel.once import once
from teams.permissions.academy import acts_in_academy

PAGE = "gates/rehearsals/exercise.html"


@require_safe
def rehearsal_list(request):
    """What one may rehearse with the team, and decide anew alone; and how well one foresaw."""
    chains = dict(
        Chain.objects.filter(process__is_current=True).order_by("code").values_list("code", "name")
    )
    narrow = ExerciseFilter(request.GET, chain=list(chains.items()))
    wanted = narrow.wanted()
    mine = list(queries.of_person(request.user)[: queries.MOST])
    context = {
        "acts": acts_in_academy(request.user),
        "filter": narrow,
        "filtered": narrow.is_narrowed,
        "coming": rehearsals.to_rehearse(request.user),
        "played": rehearsals.of_person(request.user),
        "begun": [row for row in mine if row.voted_at is None],
        "done": [row for row in mine if row.voted_at is not None],
        "foresight": _foresight(mine),
        "page": queries.to_do(
            request.user,
            chain=wanted.get("chain", ""),
            also_untold=wanted.get("untold", False),
            after=request.GET.get("after", ""),
        ),
    }
    return render(request, "gates/rehearsals/list.html", context)


def _foresight(mine: list[Exercise]) -> dict | None:
    """How the person's forecasts held; those of decisions they took part in do not count."""
    counted = [row for row in mine if row.voted_at is not None and not row.was_there]
    if not counted:
        return None
    came = queries.came_of([row.review for row in counted])
    said, days = [], []
    for row in counted:
        real = came[row.review_id]
        if real.settled is not None:
            said.append((row.settled_chance, real.settled))
        if real.passed is not None:
            said.append((row.passed_chance, real.passed))
        if real.slip is not None:
            days.append((row.slip_days, real.slip))
    return {
        "votes": len(counted),
        "agreed": sum(row.outcome_id == row.review.outcome_id for row in counted),
        "steps": foresight.calibration(said),
        "said": len(said),
        "brier": foresight.brier(said),
        "misses": foresight.misses(days),
    }


@require_POST
@once
def exercise_new(request):
    """Begin an exercise on a decided review, or go on with it."""
    asked = request.POST.get("review", "")
    reviews = Review.objects.visible_to(request.user).select_related("gate__chain")
    it = get_object_or_404(reviews, pk=int(asked) if asked.isdecimal() else 0)
    return redirect(exercises.start(it, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def exercise(request, pk):
    row = get_object_or_404(queries.of_person(request.user), pk=pk)
    it = row.review
    granted = "see_money" in rights_of(request.user, it)
    if row.voted_at is not None and request.method != "POST":
        context = {"exercise": row, "review": it, "result": result_of(row, granted=granted)}
        return render(request, "gates/rehearsals/result.html", context)
    known = queries.known(it, granted=granted)
    given = {"criteria": known.asked, "outcomes": outcomes_of(it.gate.chain)}
    form, status, reason = None, 200, ""
    if request.method == "POST":
        keeps = request.POST.get("step") == "keep"
        form, status = ExerciseForm(request.POST, draft=keeps, **given), 422
        if form.is_valid():
            try:
                return _sent(request, row, form, known.codes, keeps=keeps)
            except Refused as refused:
                status, reason = 409, str(refused)
    context = {
        "exercise": row,
        "review": it,
        "known": known,
        "form": form or ExerciseForm.of(row, **given),
        "refused": reason,
    }
    return render(request, PAGE, context, status=status)


def _sent(request, row: Exercise, form: ExerciseForm, codes: list[str], *, keeps: bool):
    seen = form.cleaned_data["version"]
    if keeps:
        exercises.keep(row, form.answers(), seen_version=seen)
        messages.success(request, _("Kept; go on whenever you like."))
    else:
        exercises.vote(row, form.answers(), codes=codes, seen_version=seen)
        messages.success(request, _("Your vote stands. Here is what was decided, and what came."))
    return redirect(row)
