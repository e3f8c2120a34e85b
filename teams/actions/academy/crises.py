"""Beginning a play, alone or with a team; playing on from a moment; notes of the debrief."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from teams.models import Content, CrisisAssignment, Person, Play, PlayMove, PlayNote, PlayRole
from teams.models.academy.crises import PlayMode, PlayState
from teams.queries.academy import crises

SEEDS = 2**31


def locked(play: Play, *, seen_version: int | None = None) -> Play:
    """The play's fresh row with its scenario, held; Stale when it has moved on."""
    rows = Play.objects.select_for_update(of=("self",), no_key=True).select_related("scenario")
    found = rows.get(pk=play.pk)
    if seen_version is not None and found.version != seen_version:
        raise Stale(_("The play has moved on while you were looking at it."))
    return found


def saved(play: Play, *fields: str) -> Play:
    """Write the fields and count the version up."""
    play.version += 1
    play.save(update_fields=[*fields, "version"])
    return play


@transaction.atomic
def start(scenario: Content, *, by: Person, seed: int | None = None) -> Play:
    """Play alone, in all roles.

    Refused while a play of it is open, when a team is asked for, and, where it would count,
    within a week of one that was failed.
    """
    _hold([by])
    _check_free(scenario, by)
    assignment = _assignment(scenario, by, PlayMode.SOLO)
    play = Play.objects.create(
        scenario=scenario, seed=seed or _seed(), started_by=by, state=PlayState.RUNNING
    )
    _seat(play, by, scenario.body["lead"], assignment)
    return play


@transaction.atomic
def gather(
    scenario: Content, *, by: Person, players: Mapping[str, Person], seed: int | None = None
) -> Play:
    """Ask colleagues to play roles with one; each is told and says when they are there.

    Refused as `start` is, so that nobody is asked in vain.
    """
    lead = scenario.body["lead"]
    known = {role["code"] for role in scenario.body["roles"]} - {lead}
    people = list(players.values())
    if not people or not set(players) <= known:
        raise Refused(_("A team needs somebody beside you, each in a role of the scenario."))
    if len({person.pk for person in (by, *people)}) <= len(people):
        raise Refused(_("Each person plays one role."))
    _hold([by])
    _check_free(scenario, by)
    _assignment(scenario, by, PlayMode.TEAM)
    play = Play.objects.create(
        scenario=scenario,
        mode=PlayMode.TEAM,
        seed=seed or _seed(),
        started_by=by,
        state=PlayState.GATHERING,
    )
    now = timezone.now()
    PlayRole.objects.create(play=play, person=by, role=lead, joined_at=now)
    PlayRole.objects.bulk_create(
        PlayRole(play=play, person=person, role=role) for role, person in players.items()
    )
    tell(
        people,
        news=f"crisis:{play.pk}",
        text=_("%(person)s asks you to play a crisis: %(scenario)s.")
        % {"person": by, "scenario": scenario.title},
        link=play.get_absolute_url(),
        why=_("You were asked to play a role in a team."),
        needs_action=True,
    )
    return play


@transaction.atomic
def join(play: Play, *, by: Person) -> Play:
    """Say that one is there and has read one's brief."""
    play = _gathering(play)
    PlayRole.objects.filter(play=play, person=by, joined_at=None).update(joined_at=timezone.now())
    return saved(play)


@transaction.atomic
def begin(play: Play, *, by: Person) -> Play:
    """The lead lets the clock run; roles whose players are not there go to the lead, and those
    players are told."""
    play = _gathering(play)
    _check_lead(play, by)
    asked = list(PlayRole.objects.filter(play=play).select_related("person"))
    roles = [role for role in asked if role.joined_at]
    if len(roles) < 2:
        raise Refused(_("Nobody has joined yet: wait for one colleague, or play alone."))
    _leave_out(play, [role for role in asked if not role.joined_at])
    _hold([role.person for role in roles])
    for role in roles:
        _use(_assignment(play.scenario, role.person, PlayMode.TEAM), role)
    play.seats = sorted(role.role for role in roles if role.role != play.scenario.body["lead"])
    play.state = PlayState.RUNNING
    return saved(play, "seats", "state")


@transaction.atomic
def call_off(play: Play, *, by: Person) -> None:
    """Give up gathering; nothing has been seen, so nothing is kept."""
    play = _gathering(play)
    _check_lead(play, by)
    play.delete()


@transaction.atomic
def play_on(play: Play, number: int, *, by: Person) -> Play:
    """Alone, from before a move of a finished play, with the same luck: practice, not counted.

    Of a team's play one takes all roles at that moment.
    """
    play = locked(play)
    if play.state != PlayState.FINISHED:
        raise Refused(_("Play this one to its end first."))
    if not 1 <= number <= play.moves_made:
        raise Refused(_("There is no such moment in this play."))
    lead = play.scenario.body["lead"]
    moves = list(play.moves.filter(number__lt=number).values_list("role", "move"))
    roles = crises.engine_of(play, before=number).player_of
    moves += [(lead, f"take {role}") for role in play.seats if roles[role] == role]
    fresh = Play.objects.create(
        scenario=play.scenario,
        seed=play.seed,
        seats=play.seats,
        started_by=by,
        again_of=play,
        moves_made=len(moves),
    )
    PlayRole.objects.create(play=fresh, person=by, role=lead)
    PlayMove.objects.bulk_create(
        PlayMove(play=fresh, number=place, role=role, move=move, by=by)
        for place, (role, move) in enumerate(moves, 1)
    )
    return fresh


@transaction.atomic
def write_note(play: Play, *, question: int, text: str, by: Person) -> None:
    """Keep one's own answer to a question of the debrief; an empty one is taken away."""
    if play.state != PlayState.FINISHED:
        raise Refused(_("The debrief comes after the play."))
    if not 0 <= question < len(play.scenario.body["debrief"]) + 1:
        raise Refused(_("The debrief has no such question."))
    notes = PlayNote.objects.filter(play=play, person=by, question=question)
    if not text:
        notes.delete()
    else:
        PlayNote.objects.update_or_create(
            play=play, person=by, question=question, defaults={"text": text}
        )


def _seed() -> int:
    return 1 + secrets.randbelow(SEEDS - 1)


def _hold(people: list[Person]) -> None:
    """Of two beginnings of one person the second waits for the first."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(rows.filter(pk__in=[person.pk for person in people]).values_list("pk"))


def _check_free(scenario: Content, person: Person) -> None:
    plays = crises.visible_plays(person).filter(scenario__code=scenario.code, again_of=None)
    if plays.exclude(state=PlayState.FINISHED).exists():
        raise Refused(_("A play of this scenario is open: play it to its end first."))


def _leave_out(play: Play, away: list[PlayRole]) -> None:
    PlayRole.objects.filter(pk__in=[role.pk for role in away]).delete()
    tell(
        [role.person for role in away],
        news=f"crisis:{play.pk}:begun",
        text=_("%(person)s has begun without you: %(scenario)s.")
        % {"person": play.started_by, "scenario": play.scenario.title},
        link=reverse("teams:crisis-list"),
        why=_("You were asked to play a role in a team."),
    )


def _assignment(scenario: Content, person: Person, mode: PlayMode) -> CrisisAssignment | None:
    """The assignment that the play fulfils; refused when it was given for the other mode, and
    while its person rests after one that was failed."""
    rows = CrisisAssignment.objects.filter(person=person, scenario=scenario.code, play=None)
    found = rows.first()
    if found is not None and found.mode != mode:
        raise Refused(
            _("%(person)s has this scenario assigned in another way (%(mode)s).")
            % {"person": person, "mode": found.get_mode_display().lower()}
        )
    if found is not None and (day := crises.rests_until(person)):
        raise Refused(
            _(
                "After a crisis that was not passed, the next one counts a week later:"
                " %(person)s can play it from %(day)s."
            )
            % {"person": person, "day": day}
        )
    return found


def _seat(play: Play, person: Person, code: str, assignment: CrisisAssignment | None) -> None:
    role = PlayRole.objects.create(play=play, person=person, role=code, joined_at=timezone.now())
    _use(assignment, role)


def _use(assignment: CrisisAssignment | None, role: PlayRole) -> None:
    if assignment is None:
        return
    assignment.play_id = role.play_id
    assignment.save(update_fields=["play"])
    role.counts = True
    role.save(update_fields=["counts"])


def _gathering(play: Play) -> Play:
    play = locked(play)
    if play.state != PlayState.GATHERING:
        raise Refused(_("The play has begun already."))
    return play


def _check_lead(play: Play, person: Person) -> None:
    if play.started_by_id != person.pk:
        raise Refused(_("Only who gathered the team does this."))
