"""Voting: a page of its own, made for a thumb; revealing, and the second vote."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gates.actions import votes
from gates.forms.votes import VoteForm
from gates.models import Outcome, Review, Vote
from gates.models.reviews import VOTING
from gates.permissions import can_decide, rights_of, votes_for
from gates.queries.agenda import agenda
from gates.queries.review_page import criteria_of, day_in_words
from gates.views.reviews import visible_review
from ipd.kernel.access import Refused, require
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once


@once
def review_vote(request, pk):
    it = visible_review(request, pk)
    mine = votes_for(request.user, it)
    require(bool(mine))
    items = agenda(criteria_of([it.pk]))
    given = {
        "outcomes": list(Outcome.objects.filter(chain=it.gate.chain_id)),
        "voters": mine,
        "criteria": [item.criterion for item in items],
    }
    form, status, reason = None, 200, ""
    if request.method == "POST":
        form = VoteForm(request.POST, **given)
        status = 422
        if form.is_valid():
            try:
                votes.cast(it, by=request.user, **form.cast())
                return _recorded(request, it)
            except Refused as refused:
                status, reason = 409, str(refused)
    page = _page(request, it, mine, items, form, given)
    return render(request, "gates/room/vote.html", page | {"refused": reason}, status=status)


def _recorded(request, review: Review):
    if request.POST.get("from") == "room":
        return redirect("gates:review-room", review.pk)
    back = reverse("gates:review-vote", args=[review.pk])
    return redirect(f"{back}?for={request.POST['voter']}")


def _page(request, review: Review, mine, items, form, given) -> dict:
    """The page for one mandate; who also stands in for a member chooses by ?for=."""
    asked = request.POST.get("voter") or request.GET.get("for")
    mandate = next((row for row in mine if str(row.person.pk) == asked), mine[0])
    own = (
        Vote.objects.standing()
        .filter(review=review, voter=mandate.person, round=review.current_round)
        .select_related("outcome")
        .prefetch_related("scores")
        .first()
    )
    if form is None:
        form = VoteForm.of(own, round=review.current_round, voter=mandate.person, **given)
    return {
        "review": review,
        "form": form,
        "mandate": mandate,
        "mandates": mine,
        "own": own,
        "voting": review.stage in VOTING,
        "items": items,
        "when": day_in_words(review),
    }


@require_POST
@once
def review_reveal(request, pk):
    it = visible_review(request, pk)
    require("reveal" in rights_of(request.user, it) or can_decide(request.user, it))
    votes.reveal(it, by=request.user, **SeenForm.seen(request.POST))
    return redirect("gates:review-room", it.pk)


@require_POST
@once
def review_second(request, pk):
    it = visible_review(request, pk)
    require("reveal" in rights_of(request.user, it) or can_decide(request.user, it))
    votes.open_second(it, by=request.user, **SeenForm.seen(request.POST))
    return redirect("gates:review-room", it.pk)
