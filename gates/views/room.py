"""The gate room: one page, and one fragment that everybody's page asks for again and again."""

from datetime import timedelta

from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gates.actions import room as rooms
from gates.forms.criteria import AnswerForm, QuestionForm
from gates.forms.votes import VoteForm
from gates.models import Presence, Review, Vote
from gates.models.reviews import CLOSED, IN_ROOM, VOTING, Stage
from gates.permissions import rights_of
from gates.queries.room import Facts, Pulse, Room, pulse_of, room
from gates.views.reviews import visible_review
from ipd.kernel.access import require
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once

NOTED_EVERY = timedelta(seconds=10)
RIGHTS_LAST = 30  # seconds that drawn buttons may lag behind seats; acts check the seats again


@require_GET
def review_room(request, pk):
    pulse = pulse_of(pk, request.user)
    if pulse is None:
        raise Http404
    if pulse.seen_at is None and pulse.stage not in CLOSED:
        rooms.enter(Review(pk=pk), request.user)
        pulse = pulse.with_me()
    pulse = _noted(request, pk, pulse)
    drawn = context(request, room(pk, pulse)) | {"etag": pulse.etag}
    return render(request, "gates/room/room.html", drawn)


@require_GET
def review_live(request, pk):
    """The room's moving part; 304 without any work when nothing moved."""
    pulse = pulse_of(pk, request.user)
    if pulse is None:
        raise Http404
    pulse = _noted(request, pk, pulse)
    if request.headers.get("If-None-Match") == pulse.etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        drawn = context(request, room(pk, pulse))
        response = render(request, "gates/room/room.html#room_live", drawn)
    response["ETag"] = pulse.etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _noted(request, pk: int, pulse: Pulse) -> Pulse:
    """Note, at most every ten seconds, that who looks at the room is in it.

    The pulse is read again only for someone who comes back after a while.
    """
    if pulse.seen_at is None or pulse.seen_at > timezone.now() - NOTED_EVERY:
        return pulse
    here = Presence.objects.filter(review=pk, person=request.user)
    here.update(last_seen_at=timezone.now())
    return pulse if request.user.pk in pulse.here else pulse_of(pk, request.user)


def context(request, drawn: Room) -> dict:
    """What one person's room shows: everybody's facts, their own vote, their own buttons."""
    facts, person = drawn.facts, request.user
    review = facts.review
    rights = _rights(person, review)
    mine = [voter for voter in facts.voters if voter.acts_through.pk == person.pk]
    votes = _own_votes(facts, mine)
    chairs = any(voter.is_chair for voter in mine)
    return {
        "granted": "see_money" in rights,
        "room": drawn,
        "facts": facts,
        "review": review,
        "stale_after": review.gate.chain.evidence_max_age_days,
        "quorum": _quorum(drawn),
        "mandates": [(voter, votes.get(voter.person.pk)) for voter in mine],
        "ballot": _ballot(facts, mine, votes),
        "voting": review.stage in VOTING,
        "in_room": review.stage in IN_ROOM,
        "may_run": "run_room" in rights and review.stage in IN_ROOM,
        "open": _step(review, "run_room" in rights, Stage.LOCKED, "open"),
        "reveal": _step(review, "reveal" in rights or chairs, Stage.FIRST_VOTE, "reveal"),
        "second": _step(review, "reveal" in rights or chairs, Stage.REVEALED, "second"),
        "may_decide": chairs and review.stage in IN_ROOM,
        "may_defer": _may_defer(review, chairs or "run_room" in rights),
        "ask": QuestionForm(auto_id="ask_%s") if "ask" in rights and review.is_open else None,
        "answer": AnswerForm(auto_id="answer_%s") if "answer" in rights else None,
    }


def _rights(person, review: Review) -> frozenset[str]:
    key = f"room-rights:{review.pk}:{review.version}:{person.pk}"
    return cache.get_or_set(key, lambda: rights_of(person, review), RIGHTS_LAST)


def _quorum(drawn: Room):
    """Whether those who are here may decide; nothing to say of a rehearsal, or afterwards."""
    review = drawn.facts.review
    if not review.is_open or review.is_rehearsal:
        return None
    return rooms.quorum_of(review, drawn.facts.voters, set(drawn.here))


def _may_defer(review: Review, allowed: bool) -> bool:
    return allowed and review.stage in IN_ROOM and not review.is_rehearsal


def _own_votes(facts: Facts, mine: list) -> dict[int, Vote]:
    """The person's own standing votes of this round, by the member they are for."""
    members = {voter.person.pk for voter in mine}
    now = facts.review.current_round
    cast = [vote.pk for vote in facts.votes if vote.voter_id in members and vote.round == now]
    if not cast:
        return {}
    votes = Vote.objects.filter(pk__in=cast).select_related("outcome")
    return {vote.voter_id: vote for vote in votes}


def _ballot(facts: Facts, mine: list, votes: dict[int, Vote]) -> VoteForm | None:
    """The short ballot of the bar: for someone with one vote that is not cast yet."""
    review = facts.review
    if review.stage not in VOTING or len(mine) != 1 or votes:
        return None
    return VoteForm.of(
        None,
        round=review.current_round,
        voter=mine[0].person,
        outcomes=facts.outcomes,
        voters=mine,
        criteria=[],
        auto_id="bar_%s",
    )


def _step(review: Review, allowed: bool, stage: str, name: str) -> SeenForm | None:
    if not allowed or review.stage != stage:
        return None
    return SeenForm.fresh(review, auto_id=f"{name}_%s")


@require_POST
@once
def review_show(request, pk):
    it = visible_review(request, pk)
    require("run_room" in rights_of(request.user, it))
    asked = request.POST.get("criterion", "")
    criterion = get_object_or_404(it.criteria, pk=int(asked) if asked.isdecimal() else 0)
    rooms.show(it, criterion, by=request.user)
    return redirect("gates:review-room", it.pk)
