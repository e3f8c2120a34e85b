"""A team's rehearsal of its coming gate: set up, played in the room, ended, and its gaps."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gates.actions import rehearsals, room
from gates.actions.blocking import blockers
from gates.forms.rehearsals import EndForm, GapForm, player_rows
from gates.models import Outcome, RehearsalGap, Review
from gates.models.rehearsals import OF_TEAM, Part
from gates.models.reviews import IN_ROOM
from gates.permissions import Voter, can_decide, rights_of, voters_of
from gates.queries import rehearsals as queries
from gates.queries.decide import open_votes
from gates.queries.outcomes import outcomes_of
from gates.queries.room import tally
from gates.views.acts import acts_of
from gates.views.reviews import visible_review, visible_reviews
from ipd.kernel.access import Refused, require
from ipd.kernel.forms.seen import OnceForm, SeenForm
from ipd.kernel.once import once


def visible_rehearsal(request, pk: int) -> Review:
    """The rehearsal's review, for those who take part in it; nobody else learns of it."""
    played = visible_reviews(request).filter(is_rehearsal=True)
    return get_object_or_404(played.select_related("rehearsal__source__product"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def rehearsal_new(request, pk):
    """Name the colleagues who play the board; the gate is the one that comes."""
    it = visible_review(request, pk)
    require(not it.is_rehearsal and "present" in rights_of(request.user, it))
    if request.method != "POST" and (open_one := queries.under_way(it, request.user)):
        return redirect(open_one)
    rows, status, reason = player_rows(request.POST if request.method == "POST" else None), 200, ""
    if request.method == "POST":
        status = 422
        if rows.is_valid():
            try:
                made = rehearsals.make(it, players=rows.players(), by=request.user)
            except Refused as refused:
                status, reason = 409, str(refused)
            else:
                messages.success(request, _("Your colleagues have been asked."))
                return redirect(made)
    context = {
        "source": it,
        "rows": rows,
        "key": OnceForm(),
        "people": queries.people_to_ask(it),
        "refused": reason,
    }
    return render(request, "gates/rehearsals/new.html", context, status=status)


@require_safe
def rehearsal(request, pk):
    return _page(request, visible_rehearsal(request, pk))


def _page(request, it: Review, gap: GapForm | None = None):
    rights = rights_of(request.user, it)
    page = queries.page(it, request.user)
    ends = page.part in (Part.PRESENTER, Part.CHAIR) and it.is_open
    context = {
        "review": it,
        "rehearsal": it.rehearsal,
        "page": page,
        "acts": acts_of(it, rights, request.user, page.criteria),
        "gap_form": gap or GapForm(criteria=page.criteria),
        "settles": page.part in OF_TEAM,
        "stop": SeenForm.fresh(it, auto_id="stop_%s") if ends else None,
    }
    status = 422 if context["gap_form"].errors else 200
    return render(request, "gates/rehearsals/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def rehearsal_decision(request, pk):
    """The chair says what the board would decide; nothing follows from it."""
    it = visible_rehearsal(request, pk)
    require(can_decide(request.user, it))
    if it.stage in IN_ROOM:
        room.enter(it, request.user)
    outcomes = outcomes_of(it.gate.chain)
    form = EndForm(request.POST or None, outcomes=outcomes, initial={"version": it.version})
    status, reason = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                rehearsals.end(it, by=request.user, **form.given())
                return redirect(it)
            except Refused as refused:
                status, reason = 409, str(refused)
                it = visible_rehearsal(request, pk)
                data = request.POST.copy()
                data["version"] = it.version
                form = EndForm(data, outcomes=outcomes)
    voters = voters_of(it)
    stage = blockers(it, None, voters=voters)
    context = {
        "review": it,
        "form": form,
        "refused": reason,
        "stage": stage,
        "barred": [] if stage else _barred(it, outcomes, voters),
        "tally": tally(open_votes(it, voters)),
    }
    return render(request, "gates/rehearsals/decision.html", context, status=status)


def _barred(it: Review, outcomes: list[Outcome], voters: list[Voter]) -> list[tuple]:
    """The outcomes that the rules of the real gate bar, each with the reasons."""
    criteria = list(it.criteria.select_related("waiver").order_by("order"))
    found = [(row, blockers(it, row, voters=voters, criteria=criteria)) for row in outcomes]
    return [(row, why) for row, why in found if why]


@require_POST
@once
def rehearsal_end(request, pk):
    """Stop without an outcome."""
    it = visible_rehearsal(request, pk)
    require(queries.part_of(it, request.user) in (Part.PRESENTER, Part.CHAIR))
    rehearsals.stop(it, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Ended; what was found so far is kept."))
    return redirect(it)


@require_POST
@once
def rehearsal_gap(request, pk):
    it = visible_rehearsal(request, pk)
    criteria = list(it.criteria.order_by("order"))
    form = GapForm(request.POST, criteria=criteria)
    if not form.is_valid():
        return _page(request, it, form)
    rehearsals.note_gap(it, by=request.user, **form.given())
    messages.success(request, _("Noted for the real preparation."))
    return redirect(it)


@require_POST
@once
def rehearsal_gap_settlement(request, pk):
    row = get_object_or_404(RehearsalGap.objects.select_related("review"), pk=pk)
    it = visible_rehearsal(request, row.review_id)
    require(queries.part_of(it, request.user) in OF_TEAM)
    rehearsals.settle_gap(row, by=request.user)
    messages.success(request, _("Settled."))
    if request.POST.get("from") == "source":
        return redirect(it.rehearsal.source)
    return redirect(it)
