"""Signing a decision: the form of the chosen outcome, and every reason why not yet."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from gates.actions import decisions, room
from gates.actions.blocking import blockers, decision_body_blockers
from gates.actions.effects import next_gate
from gates.actions.terms import overruled
from gates.forms.decide import (
    ConditionRow,
    CorrectForm,
    DecideForm,
    DeferForm,
    DissentRow,
    DissentRows,
    rows_of,
    typed_rows,
)
from gates.models import Decision, Outcome, Review
from gates.models.reviews import IN_ROOM
from gates.permissions import can_decide, rights_of, voters_of, votes_for
from gates.queries import practice
from gates.queries.decide import functions_to_choose, open_votes, people_to_choose
from gates.queries.outcomes import outcomes_of
from gates.queries.room import tally
from gates.views.reviews import visible_review, visible_reviews
from gates.views.signing import password_is_right
from ipd.kernel.access import Refused, require
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once

PAGE = "gates/room/decide.html"


class Signing:
    """The forms of one outcome: fresh, drawn anew with what was typed, or sent."""

    def __init__(self, review: Review, outcome: Outcome, voters: list, votes: list):
        self.review, self.outcome = review, outcome
        asked = review.criteria.select_related("waiver").order_by("order")
        criteria = self.criteria = {str(one.pk): one for one in asked}
        given = {
            "people": people_to_choose(review),
            "functions": functions_to_choose(),
            "criteria": criteria,
        }
        self.condition_options = {"prefix": "conditions", "form_kwargs": given}
        named = {str(row.person.pk): row.person for row in voters}
        self.dissent_options = {"prefix": "dissents", "form_kwargs": {"voters": named}}
        self.options = {
            "outcome": outcome,
            "criteria": criteria,
            # Of sealed votes not even the majority is told.
            "overruled": overruled(outcome, votes),
            "last_gate": outcome.advances and next_gate(review.product, review.gate) is None,
        }
        self.least = 1 if outcome.needs_conditions else 0

    def fresh(self, typed):
        """Forms to fill in, with what was typed for another outcome or before a row was added."""
        kept = set(DecideForm(**self.options).fields) - {"key", "password"}
        initial = {name: typed[name] for name in kept if typed.get(name)}
        if "cites" in initial:
            initial["cites"] = typed.getlist("cites")
        initial["version"] = self.review.version
        self.form = DecideForm(initial=initial, **self.options)
        conditions = typed_rows(typed, "conditions", ConditionRow)
        dissents = typed_rows(typed, "dissents", DissentRow)
        added = typed.get("show")
        more = 1 if added == "condition" or not conditions else 0
        rows = rows_of(ConditionRow, least=0, extra=more)
        self.conditions = rows(initial=conditions, **self.condition_options)
        more = 1 if added == "dissent" else 0
        rows = rows_of(DissentRow, least=0, extra=more, base=DissentRows)
        self.dissents = rows(initial=dissents, **self.dissent_options)
        return self

    def sent(self, data):
        self.form = DecideForm(data, **self.options)
        rows = rows_of(ConditionRow, least=self.least, extra=0)
        self.conditions = rows(data, **self.condition_options)
        rows = rows_of(DissentRow, least=0, extra=0, base=DissentRows)
        self.dissents = rows(data, **self.dissent_options)
        return self

    def is_valid(self) -> bool:
        rows = self.conditions.is_valid() if self.outcome.needs_conditions else True
        return all([self.form.is_valid(), rows, self.dissents.is_valid()])

    def terms(self):
        conditions, dissents = [], [row.dissent() for row in self.dissents if row.has_changed()]
        if self.outcome.needs_conditions:
            conditions = [row.condition() for row in self.conditions if row.has_changed()]
        return self.form.terms(conditions, dissents)


@once
def review_decide(request, pk):
    rows = practice.with_leader(visible_reviews(request), "decide", request.user)
    it = get_object_or_404(rows, pk=pk)
    if it.is_rehearsal:
        return redirect("gates:rehearsal-decision", it.pk)
    voters = voters_of(it)
    require(not decision_body_blockers(it, request.user, voters=voters))
    if it.stage in IN_ROOM:
        room.enter(it, request.user)  # whoever signs is there, also after a long form
    outcomes = outcomes_of(it.gate.chain)
    outcome = _chosen(request, outcomes)
    votes = open_votes(it, voters)
    signing, status, reason = None, 200, ""
    if outcome is not None:
        signing = Signing(it, outcome, voters, votes)
        typed = request.POST if request.method == "POST" else request.GET
        if request.method != "POST" or "show" in request.POST:
            signing.fresh(typed)
        else:
            signing.sent(request.POST)
            status = 422
            if signing.is_valid() and password_is_right(request, signing.form):
                try:
                    decision = decisions.decide(
                        it,
                        by=request.user,
                        seen_version=signing.form.cleaned_data["version"],
                        outcome=outcome,
                        terms=signing.terms(),
                    )
                    return redirect(decision)
                except Refused as refused:
                    status, reason = 409, str(refused)
                    it = visible_review(request, pk)
                    data = request.POST.copy()
                    data["version"] = it.version
                    signing.sent(data)
    context = {
        "review": it,
        "outcomes": outcomes,
        "outcome": outcome,
        "signing": signing,
        "refused": reason,
        "blockers": [
            *blockers(
                it,
                outcome,
                voters=voters,
                criteria=signing.criteria.values() if signing else None,
            ),
            *practice.leading_blockers(it, "decide", request.user),
        ],
        "tally": tally(votes),
    }
    part = wants_part(request)
    response = render(request, f"{PAGE}#decide" if part else PAGE, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _chosen(request, outcomes: list[Outcome]) -> Outcome | None:
    code = request.POST.get("outcome") or request.GET.get("outcome")
    if not code:
        return None
    chosen = next((row for row in outcomes if row.code == code), None)
    if chosen is None:
        raise Http404
    return chosen


@once
def review_defer(request, pk):
    """A meeting without a decision; off-line, the objection of one voter forces a meeting."""
    it = visible_review(request, pk)
    allowed = "run_room" in rights_of(request.user, it) or can_decide(request.user, it)
    require(allowed or (it.is_circular and bool(votes_for(request.user, it))))
    initial = {"version": it.version, "why": "objection" if it.is_circular else None}
    form = DeferForm(request.POST or None, initial=initial)
    if not it.is_circular:
        form.fields["why"].choices = [
            row for row in form.fields["why"].choices if row[0] != "objection"
        ]
    elif not allowed:
        form.fields["why"].choices = [
            row for row in form.fields["why"].choices if row[0] == "objection"
        ]
    if request.method == "POST" and form.is_valid():
        decisions.defer(it, by=request.user, **form.given())
        messages.success(request, _("Recorded; the review stays open."))
        return redirect(it)
    context = {"review": it, "form": form}
    return render(request, "gates/room/defer.html", context, status=422 if form.errors else 200)


@once
def decision_correct(request, pk):
    old = get_object_or_404(Decision.objects.select_related("outcome", "decided_by"), pk=pk)
    it = visible_review(request, old.review_id)
    require(can_decide(request.user, it))
    form = CorrectForm(request.POST or None, initial={"rationale": old.rationale})
    if request.method == "POST" and form.is_valid() and password_is_right(request, form):
        values = form.cleaned_data
        new = decisions.correct(
            old, by=request.user, reason=values["reason"], rationale=values["rationale"]
        )
        return redirect(new)
    context = {"review": it, "decision": old, "form": form}
    return render(request, "gates/room/correct.html", context, status=422 if form.errors else 200)
