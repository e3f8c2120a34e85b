"""What people state of a review beside its events: the team's recommendation, and the hours."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gates.actions import held_reviews, recommendations
from gates.forms.health import HoursForm, RecommendForm
from gates.models import HeldReview, Recommendation
from gates.permissions import rights_of
from gates.views.reviews import visible_review
from ipd.kernel.access import require
from ipd.kernel.once import once

STATES_HOURS = {"present", "run_room"}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def recommendation(request, pk):
    """Which outcome the team's leader asks for."""
    it = visible_review(request, pk)
    require("present" in rights_of(request.user, it))
    row = Recommendation.objects.filter(review=it).first()
    initial = {"version": row.version if row else 0}
    if row:
        initial |= {"outcome": row.outcome_id, "reason": row.reason}
    form = RecommendForm(request.POST or None, initial=initial, chain=it.gate.chain_id)
    if request.method == "POST" and form.is_valid():
        recommendations.recommend(it, by=request.user, **form.given())
        messages.success(request, _("The deciders read what the team recommends."))
        return redirect(it)
    context = {"review": it, "form": form, "title": _("What the team recommends")}
    status = 422 if form.errors else 200
    return render(request, "gates/reviews/statement.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def hours(request, pk):
    """How many hours a held review took, of everybody together."""
    it = visible_review(request, pk)
    require(bool(STATES_HOURS & rights_of(request.user, it)))
    held = get_object_or_404(HeldReview, review=it)
    names = ("people", "preparing_hours", "reading_hours", "meeting_hours")
    initial = {name: getattr(held, name) for name in names} | {"version": held.version}
    form = HoursForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        held_reviews.state_hours(held, **form.given())
        messages.success(request, _("They count in the health of the process."))
        return redirect(it)
    context = {"review": it, "form": form, "title": _("What this review took")}
    status = 422 if form.errors else 200
    return render(request, "gates/reviews/statement.html", context, status=status)
