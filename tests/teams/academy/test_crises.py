"""Crises are begun, played and finished; what counts is told to the path, once."""

from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import Notice
from teams.actions.academy import crises as actions
from teams.actions.academy import crisis_assignments, play_moves
from teams.models import ElementResult, PathElement, Play, PlayMove, PlayNote, ScenarioSpread
from teams.queries.academy import crises
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_crises import (
    CrisisAssignmentFactory,
    PlayFactory,
    ScenarioFactory,
)
from tests.factories.people import PersonFactory
from tests.races import at_once, by_hands
from tests.teams.academy.crises import played
from tests.teams.academy.learner import waits_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def outage():
    return ScenarioFactory()


@pytest.fixture
def learner():
    """On a path that asks for two scenarios."""
    enrolment = EnrolmentFactory()
    stage = PathStageFactory(path=enrolment.path)
    PathElementFactory(
        stage=stage, code="SIM", kind="SIMULATION", refs=["customer-outage", "x"], choose=2
    )
    return enrolment.person


def result():
    return ElementResult.objects.get(ref="customer-outage")


# Alone


def test_an_assigned_play_counts_on_the_path(outage, learner):
    assignment = CrisisAssignmentFactory(person=learner)
    play = actions.start(outage, by=learner)
    path = outage.body["paths"][0]
    play = played(play, path["moves"], path["follow_ups"], by=learner)
    assert (play.state, play.has_passed, float(play.score)) == ("finished", True, 93.45)
    assignment.refresh_from_db()
    assert assignment.play_id == play.pk
    assert (result().state, float(result().score)) == ("done", 93.45)
    assert ScenarioSpread.objects.get(scenario=outage).random


def test_a_fatal_decision_fails_and_the_path_learns_of_it(outage, learner):
    CrisisAssignmentFactory(person=learner)
    path = outage.body["paths"][-1]
    play = played(actions.start(outage, by=learner), path["moves"], path["follow_ups"], by=learner)
    assert (play.has_passed, play.is_fatal) == (False, True)
    assert (result().state, result().is_fatal) == ("failed", True)


def test_practice_does_not_count(outage, learner):
    play = played(actions.start(outage, by=learner), [], by=learner)
    assert play.state == "finished"
    assert not play.roles.get().counts
    assert not ElementResult.objects.exists()


def test_what_is_known_is_practice_even_when_it_was_assigned_before(outage, learner):
    CrisisAssignmentFactory(person=learner)
    played(actions.start(outage, by=learner), [], by=learner)
    second = actions.start(outage, by=learner)
    assert not second.roles.get().counts


def test_one_play_of_a_scenario_is_open_at_a_time(outage, learner):
    actions.start(outage, by=learner)
    with pytest.raises(Refused, match="open"):
        actions.start(outage, by=learner)


@pytest.mark.django_db(transaction=True)
def test_of_many_starts_at_once_one_begins():
    outage, learner = ScenarioFactory(), PersonFactory()
    done, refused = at_once(
        by_hands(lambda _n: actions.start(outage, by=learner)), refusals=Refused
    )
    assert (len(done), len(refused), Play.objects.count()) == (1, 7, 1)


def test_an_assignment_for_a_team_is_not_played_alone(outage, learner):
    CrisisAssignmentFactory(person=learner, mode="team")
    with pytest.raises(Refused, match="another way"):
        actions.start(outage, by=learner)


def test_a_move_that_is_not_possible_leaves_no_trace(outage, learner):
    play = actions.start(outage, by=learner)
    with pytest.raises(Refused, match="not open"):
        play_moves.move(play, "A3", by=learner)
    with pytest.raises(Refused, match="no such move"):
        play_moves.move(play, "A99", by=learner)
    play.refresh_from_db()
    assert (play.moves_made, PlayMove.objects.count()) == (0, 0)


def test_alone_a_page_that_moved_on_is_stale(outage, learner):
    play = actions.start(outage, by=learner)
    play_moves.move(play, "A1", by=learner, seen_moves=0)
    with pytest.raises(Stale):
        play_moves.move(play, "A2", by=learner, seen_moves=0)


@pytest.mark.django_db(transaction=True)
def test_moves_at_the_same_moment_follow_one_another():
    play = PlayFactory(scenario=ScenarioFactory())
    moves = ["A1", "A2", "A1", "A2", "wait 5", "A1"]
    jobs = [partial(play_moves.move, play, text, by=play.started_by) for text in moves]
    done, refused = at_once(jobs, refusals=Refused)
    numbers = list(PlayMove.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(done) + 1))
    assert len(refused) == 3  # each act is done once
    crises.engine_of(Play.objects.get())


def test_moves_never_change(outage, learner):
    play = play_moves.move(actions.start(outage, by=learner), "A1", by=learner)
    for change in (
        lambda: PlayMove.objects.update(move="A2"),
        lambda: PlayMove.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append"), transaction.atomic():
            change()
    assert play.moves.get().move == "A1"


def test_a_play_is_finished_once_and_within_the_limit(outage, learner):
    play = actions.start(outage, by=learner)
    with pytest.raises(Refused, match="clock"):
        play_moves.finish(play, [], by=learner)
    play = play_moves.move(play, "wait 90", by=learner)
    for wrong in (["U99"], ["U1", "U2", "U3", "U4", "U5"]):
        with pytest.raises(Refused, match="follow-up"):
            play_moves.finish(play, wrong, by=learner)
    play = play_moves.finish(play, ["U1"], by=learner)
    with pytest.raises(Refused):
        play_moves.finish(play, ["U1"], by=learner)
    with pytest.raises(Refused):
        play_moves.move(play, "A1", by=learner)


def test_the_same_seed_and_moves_give_the_same_play(outage, learner):
    path = outage.body["paths"][1]
    plays = [
        played(
            actions.start(outage, by=learner, seed=11),
            path["moves"],
            path["follow_ups"],
            by=learner,
        )
        for _ in range(2)
    ]
    first, second = (crises.engine_of(play) for play in plays)
    assert first.log == second.log
    assert plays[0].scores == plays[1].scores


def test_one_plays_on_from_a_moment_with_the_same_luck(outage, learner):
    play = played(actions.start(outage, by=learner), ["A1", "A2", "D1=b", "A3"], by=learner)
    fresh = actions.play_on(play, 3, by=learner)
    assert (fresh.seed, fresh.moves_made, fresh.again_of) == (play.seed, 2, play)
    fresh = play_moves.move(fresh, "D1=c", by=learner)
    assert crises.engine_of(fresh).taken["D1"].option["code"] == "c"
    with pytest.raises(Refused):
        actions.play_on(play, 99, by=learner)
    with pytest.raises(Refused):
        actions.play_on(fresh, 1, by=learner)


def test_notes_are_kept_changed_and_taken_away(outage, learner):
    play = played(actions.start(outage, by=learner), [], by=learner)
    for text in ("First", "Second"):
        actions.write_note(play, question=0, text=text, by=learner)
    assert PlayNote.objects.get().text == "Second"
    actions.write_note(play, question=0, text="", by=learner)
    assert not PlayNote.objects.exists()
    with pytest.raises(Refused):
        actions.write_note(play, question=99, text="x", by=learner)


# Assigned


def test_after_a_failed_one_the_next_counts_a_week_later(outage, learner, house, time_machine):
    others = [ScenarioFactory(code=code) for code in ("hero-resigns", "supplier-fire")]
    time_machine.move_to("2026-11-10 09:00 +0000", tick=False)
    CrisisAssignmentFactory(person=learner)
    played(actions.start(outage, by=learner), [], by=learner)
    assign = partial(crisis_assignments.assign, person=learner, by=house.academy)
    with pytest.raises(Refused, match="2026-11-17 is the first day"):
        assign(others[0], mode="solo", due_on=date(2026, 11, 16))
    assign(others[0], mode="solo", due_on=date(2026, 11, 20))
    assign(others[1], mode="team", due_on=None)
    time_machine.move_to("2026-11-16 09:00 +0000", tick=False)
    card = crises.cards(learner, [others[0]])[0]
    assert card.not_before == date(2026, 11, 17)
    with pytest.raises(Refused, match="from 2026-11-17"):
        actions.start(others[0], by=learner)
    with pytest.raises(Refused, match="from 2026-11-17"):
        actions.gather(others[1], by=learner, players={"RD": PersonFactory()})
    played(actions.start(outage, by=learner), [], by=learner)  # practice goes on
    time_machine.move_to("2026-11-17 09:00 +0000", tick=False)
    assert actions.start(others[0], by=learner).roles.get().counts


def test_a_crisis_is_not_assigned_for_a_day_that_is_over(outage, learner, house):
    with pytest.raises(Refused, match="cannot play it by 2020-01-01"):
        crisis_assignments.assign(
            outage, person=learner, mode="solo", due_on=date(2020, 1, 1), by=house.academy
        )


def test_what_somebody_knows_is_not_assigned_to_them(outage, learner, house):
    other = ScenarioFactory(code="hero-resigns")
    played(actions.start(outage, by=learner), [], by=learner)
    assign = partial(
        crisis_assignments.assign, person=learner, mode="solo", due_on=None, by=house.academy
    )
    with pytest.raises(Refused, match="knows"):
        assign(outage)
    row = assign(other)
    assert Notice.objects.filter(person=learner, needs_action=True).exists()
    with pytest.raises(Refused, match="already"):
        assign(other)
    crisis_assignments.take_back(row)
    assign(other)
    actions.start(other, by=learner)
    with pytest.raises(Refused, match="begun"):
        crisis_assignments.take_back(learner.crisis_assignments.get())


def test_who_runs_the_academy_is_asked_to_assign_until_two_are_there(outage, learner, house):
    def asked():
        return waits_for(house.academy, "crises")

    simulation = PathElement.objects.get(code="SIM")
    assert asked()
    assert waits_for(house.assessor, "crises") == []
    PathElement.objects.filter(pk=simulation.pk).update(from_week=200, to_week=201)
    assert asked() == []
    PathElement.objects.filter(pk=simulation.pk).update(from_week=1)
    failed = PlayFactory(scenario=outage, started_by=learner, finished=True, has_passed=False)
    CrisisAssignmentFactory(person=learner, scenario="a", play=failed)
    CrisisAssignmentFactory(person=learner, scenario="b")
    assert asked()
    CrisisAssignmentFactory(person=learner, scenario="c", mode="team")
    assert asked() == []


def test_a_mean_is_shown_from_five_people(outage):
    def one_more():
        PlayFactory(scenario=outage, finished=True, role__counts=True)

    for _ in range(4):
        one_more()
    assert crises.mean_scores() == {"customer-outage": (4, None)}
    one_more()
    assert crises.mean_scores() == {"customer-outage": (5, 70.0)}
    PlayFactory(scenario=outage, finished=True, score=0)
    assert crises.mean_scores() == {"customer-outage": (5, 70.0)}
