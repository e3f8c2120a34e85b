"""Moves in a play, and its end: follow-ups are chosen, it is scored, the path is told."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import progress
from teams.actions.academy.crises import locked, saved
from teams.calculations.academy.happenings import Impossible, Why
from teams.calculations.academy.players import spread
from teams.calculations.academy.plays import Play as Engine
from teams.calculations.academy.scores import score
from teams.calculations.academy.tokens import Asked
from teams.models import Content, Person, Play, PlayMove, PlayRole, ScenarioSpread
from teams.models.academy.crises import PlayState
from teams.models.academy.enrolments import ResultState
from teams.models.academy.paths import ElementKind
from teams.queries.academy.crises import engine_of

MOST = 400  # moves of one play


@transaction.atomic
def move(play: Play, what: str | Asked, *, by: Person, seen_moves: int | None = None) -> Play:
    """Make a move in the person's role, as a text of the engine's or as a page asked for it.

    In a play alone nothing may have moved since its page was drawn (`seen_moves`). When the clock
    has run out, follow-ups are to be chosen.
    """
    play = locked(play)
    if play.state != PlayState.RUNNING:
        raise Refused(_("The clock of this play does not run."))
    if not play.is_team and seen_moves is not None and seen_moves != play.moves_made:
        raise Stale(_("You have played on in another window meanwhile."))
    if play.moves_made >= MOST:
        raise Refused(_("This play has too many moves."))
    role = PlayRole.objects.get(play=play, person=by).role
    engine = engine_of(play)
    text = what.as_move(engine, role) if isinstance(what, Asked) else what
    if text is None:
        raise Refused(WHY[Why.UNKNOWN]())
    try:
        engine.move(text, role)
    except Impossible as why:
        raise Refused(WHY[why.why]()) from why
    play.moves_made += 1
    PlayMove.objects.create(play=play, number=play.moves_made, role=role, move=text, by=by)
    if engine.is_over:
        play.state = PlayState.CLOSING
    return saved(play, "moves_made", "state")


WHY = {
    Why.UNKNOWN: lambda: _("There is no such move now."),
    Why.BUSY: lambda: _("You are still busy."),
    Why.DONE: lambda: _("This has been done already."),
    Why.NOT_OPEN: lambda: _("This is not open now."),
    Why.NO_TIME: lambda: _("There is no time left for this."),
    Why.NOT_YOURS: lambda: _("This is for another role to do."),
}


@transaction.atomic
def finish(play: Play, follow_ups: Sequence[str], *, by: Person) -> Play:
    """Choose the follow-ups and score the play; once, by the lead. The paths of those for whom it
    counts are told, and the others of a team."""
    play = locked(play)
    if play.state != PlayState.CLOSING:
        raise Refused(_("Follow-ups are chosen once, when the clock has run out."))
    if play.started_by_id != by.pk:
        raise Refused(_("The lead chooses the follow-ups."))
    body = play.scenario.body
    chosen = list(dict.fromkeys(follow_ups))
    if not set(chosen) <= {one["code"] for one in body["follow_ups"]}:
        raise Refused(_("There is no such follow-up."))
    if len(chosen) > body["follow_up_limit"]:
        raise Refused(_("Choose at most %(n)s follow-ups.") % {"n": body["follow_up_limit"]})
    play.follow_ups, play.finished_on, play.state = chosen, today(), PlayState.FINISHED
    saved(
        result_of(play, engine_of(play)),
        *("follow_ups", "finished_on", "state", "scores", "score", "is_fatal", "has_passed"),
    )
    spread_of(play.scenario)
    report(play)
    _tell(play, by)
    return play


def result_of(play: Play, engine: Engine) -> Play:
    """The play with what came of it: its engine has run out, its follow-ups are chosen."""
    result = score(engine, play.follow_ups)
    play.scores = {name: round(value, 2) for name, value in result.by_dimension.items()}
    play.score = Decimal(str(round(result.total, 2)))
    play.is_fatal, play.has_passed = result.is_fatal, result.has_passed
    return play


def report(play: Play) -> None:
    """The paths of those for whom the play counts learn of it."""
    state = ResultState.DONE if play.has_passed else ResultState.FAILED
    for role in PlayRole.objects.filter(play=play, counts=True).select_related("person"):
        progress.report_part(
            role.person,
            ElementKind.SIMULATION,
            play.scenario.code,
            state=state,
            score=play.score,
            is_fatal=play.is_fatal,
            on=play.finished_on,
        )


def _tell(play: Play, by: Person) -> None:
    if play.is_team:
        roles = PlayRole.objects.filter(play=play).exclude(person=by).select_related("person")
        tell(
            [role.person for role in roles],
            news=f"crisis:{play.pk}:debrief",
            text=_("The play is over: %(scenario)s. Its debrief is there.")
            % {"scenario": play.scenario.title},
            link=play.get_absolute_url(),
            why=_("You played a role in a team."),
        )


def spread_of(scenario: Content) -> ScenarioSpread:
    """What players without thought score in this version; worked out once, then kept."""
    found = looked_up_spread(scenario)
    if found.pk is None:
        found, _made = ScenarioSpread.objects.get_or_create(
            scenario=scenario, defaults={"random": found.random, "greedy": found.greedy}
        )
    return found


def looked_up_spread(scenario: Content) -> ScenarioSpread:
    """The same for a page, which writes nothing: worked out for now where it was not kept."""
    found = ScenarioSpread.objects.filter(scenario=scenario).first()
    return found or ScenarioSpread(scenario=scenario, **spread(scenario.body))
