"""A play in the browser: one page, a fragment that follows it, and the moves."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import Refused
from ipd.kernel.once import once
from teams.actions.academy import crises as actions
from teams.actions.academy import play_moves
from teams.calculations.academy.tokens import meant, shuffled, token
from teams.forms.academy.crises import MoveForm
from teams.models.academy.crises import PlayState
from teams.queries.academy import crises, play_rooms


def play_or_404(request, pk):
    """A play that the person takes part in, with its scenario."""
    plays = crises.visible_plays(request.user).select_related("scenario", "started_by")
    return get_object_or_404(plays, pk=pk)


@require_safe
def page(request, pk):
    """The play as it stands for its reader; a finished one leads to its debrief."""
    play = play_or_404(request, pk)
    if play.is_finished:
        return redirect("teams:play-debrief", pk=pk)
    return render(request, "teams/academy/crises/play.html", _context(request, play))


@require_safe
def live(request, pk):
    """The part that follows a team's play; 304 while nothing moved."""
    play = play_or_404(request, pk)
    tag = tag_of(request, play)
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    elif play.is_finished:
        return redirect("teams:play-debrief", pk=pk)
    else:
        response = render(
            request, "teams/academy/crises/play.html#play_live", _context(request, play)
        )
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def tag_of(request, play) -> str:
    return quote_etag(f"{play.pk}-{play.version}-{request.user.pk}")


def _context(request, play) -> dict:
    roles = list(play.roles.select_related("person").order_by("pk"))
    mine = next(role for role in roles if role.person_id == request.user.pk)
    context = {
        "play": play,
        "scenario": play.scenario,
        "opening": play.scenario.body["opening"],
        "mine": mine,
        "roles": _named(play, roles),
        "leads": play.started_by_id == request.user.pk,
        "etag": tag_of(request, play),
        "once": uuid.uuid4(),
    }
    if play.state == PlayState.GATHERING:
        briefs = {one["code"]: one for one in play.scenario.body["roles"]}
        context["brief"] = briefs[mine.role]
    else:
        engine = crises.engine_of(play)
        context["room"] = play_rooms.room(play, engine, mine, roles)
    if play.state == PlayState.CLOSING:
        context["ups"] = [
            play_rooms.Choice(token(play.seed, "ups", one["code"]), one["text"], one["due"])
            for one in shuffled(play.seed, "ups", play.scenario.body["follow_ups"])
        ]
        context["limit"] = play.scenario.body["follow_up_limit"]
    return context


def _named(play, roles) -> list[tuple]:
    names = {one["code"]: one["name"] for one in play.scenario.body["roles"]}
    return [(role, names[role.role]) for role in roles]


@require_POST
@once
def joining(request, pk):
    return redirect(actions.join(play_or_404(request, pk), by=request.user))


@require_POST
@once
def beginning(request, pk):
    return redirect(actions.begin(play_or_404(request, pk), by=request.user))


@require_POST
@once
def calling_off(request, pk):
    actions.call_off(play_or_404(request, pk), by=request.user)
    messages.success(request, _("Called off."))
    return redirect("teams:crisis-list")


@require_POST
@once
def move(request, pk):
    """One move; the page is drawn anew by the redirect."""
    play = play_or_404(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose one of the options first."))
    seen = form.cleaned_data["moves"]
    return redirect(play_moves.move(play, form.asked(), by=request.user, seen_moves=seen))


@require_POST
@once
def follow_ups(request, pk):
    play = play_or_404(request, pk)
    there = play.scenario.body["follow_ups"]
    chosen = [meant(play.seed, "ups", there, word) for word in request.POST.getlist("up")]
    play_moves.finish(play, [code or "" for code in chosen], by=request.user)
    return redirect("teams:play-debrief", pk=pk)
