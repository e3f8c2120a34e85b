"""The debrief of a finished play, in the order of the guide: the score comes last but one."""

from enum import StrEnum

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import Refused
from ipd.kernel.once import once
from teams.actions.academy import crises as actions
from teams.actions.academy.play_moves import looked_up_spread
from teams.forms.academy.crises import MomentForm, NoteForm
from teams.permissions.academy import acts_in_academy
from teams.queries.academy import crises, debriefs, play_points, play_rooms
from teams.views.academy.plays import play_or_404


class Part(StrEnum):
    HAPPENED = "happened"
    QUESTIONS = "questions"
    SCORE = "score"
    WAYS = "ways"


LABELS = {
    Part.HAPPENED: gettext_lazy("What happened"),
    Part.QUESTIONS: gettext_lazy("Questions"),
    Part.SCORE: gettext_lazy("Score"),
    Part.WAYS: gettext_lazy("Other ways"),
}


@require_safe
def page(request, pk):
    """One part of the debrief; only of a finished play, and for its participants."""
    play = play_or_404(request, pk)
    if not play.is_finished:
        return redirect(play)
    asked = request.GET.get("part", "")
    part = Part(asked) if asked in set(Part) else Part.HAPPENED
    roles = list(play.roles.select_related("person").order_by("pk"))
    mine = next(role for role in roles if role.person_id == request.user.pk)
    names = {one["code"]: one["name"] for one in play.scenario.body["roles"]}
    context = {
        "play": play,
        "scenario": play.scenario,
        "mine": mine,
        "players": [(role.person, names[role.role]) for role in roles],
        "part": part,
        "parts": LABELS.items(),
        "acts": acts_in_academy(request.user),
        **DRAWN[part](request, play, mine),
    }
    return render(request, f"teams/academy/crises/debrief_{part}.html", context)


def _happened(request, play, mine) -> dict:
    engine = _ended(play)
    numbers = debriefs.numbers_of(play)
    return {
        "log": debriefs.happened(engine, mine.role, numbers),
        "states": play_rooms.states(engine),
        "luck": debriefs.luck(engine),
    }


def _questions(request, play, mine) -> dict:
    notes = dict(play.notes.filter(person=request.user).values_list("question", "text"))
    rows = [
        (question["question"], question["listen_for"], _note(number, notes))
        for number, question in enumerate(play.scenario.body["debrief"])
    ]
    return {
        "questions": rows,
        "moments": debriefs.moments(_ended(play)),
        "home": _note(len(rows), notes),
    }


def _note(number: int, notes: dict[int, str]) -> NoteForm:
    initial = {"question": number, "text": notes.get(number, "")}
    return NoteForm(initial=initial, auto_id=f"note{number}_%s")


def _score(request, play, mine) -> dict:
    spread, total = looked_up_spread(play.scenario), float(play.score)
    return {
        "dimensions": play_points.dimensions(play, _ended(play)),
        "pass_percent": play.scenario.body["scoring"]["pass_percent"],
        "below_random": debriefs.share_below(spread.random, total),
        "below_greedy": debriefs.share_below(spread.greedy, total),
        "random": debriefs.histogram(spread.random, _("Players who pick at random"), total),
        "greedy": debriefs.histogram(
            spread.greedy, _("Players who do everything and take what looks best at once"), total
        ),
    }


def _ways(request, play, mine) -> dict:
    return {"crossroads": debriefs.crossroads(_ended(play)), "paths": debriefs.paths(play)}


DRAWN = {
    Part.HAPPENED: _happened,
    Part.QUESTIONS: _questions,
    Part.SCORE: _score,
    Part.WAYS: _ways,
}


def _ended(play):
    engine = crises.engine_of(play)
    engine.finish()
    return engine


@require_POST
@once
def note(request, pk):
    """Keep an answer to a question; for oneself alone."""
    play = play_or_404(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        raise Refused(_("The answer is too long."))
    actions.write_note(play, by=request.user, **form.given())
    messages.success(request, _("Kept, for you alone."))
    number = form.cleaned_data["question"]
    part = reverse("teams:play-debrief", args=[pk])
    return redirect(f"{part}?part={Part.QUESTIONS}#question-{number}")


@require_POST
@once
def again(request, pk):
    """Play on alone from a moment: practice."""
    play = play_or_404(request, pk)
    form = MomentForm(request.POST)
    if not form.is_valid():
        raise Refused(_("There is no such moment in this play."))
    return redirect(actions.play_on(play, by=request.user, **form.given()))
