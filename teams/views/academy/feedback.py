"""Reactions of learners, checks of managers, packs that assessors rate."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import feedback as actions
from teams.forms.academy.effects import CheckForm, PackForm, RatingForm, ReactionForm
from teams.models import Enrolment, PackRating, PathStage
from teams.permissions.academy import ASSESS, RUN, acts_in_academy
from teams.queries.academy import feedback


def _answer(request, template, context):
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    context["acts"] = acts_in_academy(request.user)
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def reaction(request, pk):
    """What a learner says of a stage that is behind them; nobody reads one answer alone."""
    stage = get_object_or_404(PathStage, pk=pk)
    enrolment = feedback.enrolment_of(request.user, stage)
    if enrolment is None:
        raise Http404
    form = ReactionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.react(enrolment, stage, **form.given())
        messages.success(request, _("Thank you. It counts from five answers on."))
        return redirect("teams:academy")
    context = {"stage": stage, "form": form, "path": enrolment.path}
    context["given"] = enrolment.feedback.filter(stage=stage).exists()
    return _answer(request, "teams/academy/feedback/reaction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def check(request, pk):
    """A manager's check; the learner reads it, nobody else."""
    rows = Enrolment.objects.select_related("person", "manager", "path", "manager_check__by")
    enrolment = get_object_or_404(rows, pk=pk)
    manages = enrolment.manager_id == request.user.pk
    if not manages and enrolment.person_id != request.user.pk:
        raise Http404
    given = getattr(enrolment, "manager_check", None)
    form = CheckForm(request.POST or None) if manages and given is None else None
    if request.method == "POST":
        require(manages)
        form = form or CheckForm(request.POST)
        if form.is_valid():
            actions.check(enrolment, by=request.user, **form.given())
            messages.success(
                request, _("%(person)s reads it, nobody else.") % {"person": enrolment.person}
            )
            return redirect("teams:manager-check", enrolment.pk)
    context = {"enrolment": enrolment, "check": given, "form": form}
    return _answer(request, "teams/academy/feedback/check.html", context)


@require_safe
def packs(request):
    """Packs given to me to rate; all of them, without levels, for whoever runs the academy."""
    acts = acts_in_academy(request.user)
    mine = feedback.packs_of(request.user)
    require(bool(mine) or not acts.isdisjoint({RUN, ASSESS}))
    context = {"mine": mine, "packs": feedback.all_packs() if RUN in acts else None}
    return _answer(request, "teams/academy/feedback/packs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def pack_new(request):
    """Give a real pack to two assessors."""
    require(RUN in acts_in_academy(request.user))
    form = PackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        assessors = [given.pop("first"), given.pop("second")]
        actions.put_in(assessors=assessors, **given)
        messages.success(request, _("Two assessors are asked."))
        return redirect("teams:gate-pack-list")
    return _answer(request, "teams/academy/feedback/pack_new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@once
def pack(request, pk):
    """One pack, for those who rate it; not who led it, nor whether they were trained."""
    rating = get_object_or_404(
        PackRating.objects.select_related("pack"), pack=pk, assessor=request.user
    )
    form = RatingForm(request.POST or None) if rating.level is None else None
    if request.method == "POST":
        form = form or RatingForm(request.POST)
        if form.is_valid():
            actions.rate(rating.pack, by=request.user, **form.given())
            messages.success(request, _("Your level is kept."))
            return redirect("teams:gate-pack-list")
    context = {"rating": rating, "pack": rating.pack, "form": form}
    return _answer(request, "teams/academy/feedback/pack.html", context)
