"""Crises in a team: gathered, begun with who is there, each in their role."""

import pytest
from django.db import transaction

from ipd.kernel.access import Refused
from ipd.kernel.models import Notice
from teams.actions.academy import crises as actions
from teams.actions.academy import play_moves
from teams.models import ElementResult, Play, PlayRole
from teams.queries.academy import crises
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_crises import CrisisAssignmentFactory, ScenarioFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def outage():
    return ScenarioFactory()


@pytest.fixture
def learner():
    """On a path that asks for the scenario."""
    enrolment = EnrolmentFactory()
    stage = PathStageFactory(path=enrolment.path)
    PathElementFactory(stage=stage, code="SIM", kind="SIMULATION", refs=["customer-outage"])
    return enrolment.person


@pytest.fixture
def team(outage, learner):
    """The learner leads; service and research are played by colleagues."""
    return actions.gather(
        outage, by=learner, players={"SVC": PersonFactory(), "RD": PersonFactory()}
    )


def player(play, role):
    return PlayRole.objects.get(play=play, role=role).person


def begun(play, *roles):
    for role in roles:
        actions.join(play, by=player(play, role))
    return actions.begin(play, by=play.started_by)


def test_colleagues_are_asked_and_begin_together(team):
    assert Notice.objects.filter(link=team.get_absolute_url()).count() == 2
    with pytest.raises(Refused, match="Nobody has joined"), transaction.atomic():
        actions.begin(team, by=team.started_by)
    play = begun(team, "SVC", "RD")
    assert (play.state, play.seats) == ("running", ["RD", "SVC"])
    with pytest.raises(Refused, match="begun"):
        actions.join(play, by=player(play, "RD"))


def test_who_is_not_there_does_not_take_part(team):
    away = player(team, "RD")
    play = begun(team, "SVC")
    assert play.seats == ["SVC"]
    assert Notice.objects.get(person=away, link="/academy/crises/").text.startswith(
        f"{play.started_by} has begun without you"
    )
    assert not crises.visible_plays(away).exists()


def test_only_who_gathered_begins_and_calls_off(team):
    for act in (actions.begin, actions.call_off):
        with pytest.raises(Refused, match="gathered"):
            act(team, by=player(team, "RD"))
    actions.call_off(team, by=team.started_by)
    assert not Play.objects.exists()


def test_each_moves_in_their_role_and_what_counts_counts_for_each(team, learner):
    CrisisAssignmentFactory(person=learner, mode="team")
    play = begun(team, "SVC", "RD")
    play = play_moves.move(play, "A2", by=player(play, "SVC"))
    with pytest.raises(Refused, match="busy"):
        play_moves.move(play, "A4", by=player(play, "SVC"))
    with pytest.raises(Refused, match="another role"):
        play_moves.move(play, "A4", by=learner)
    for role in ("SVC", "RD"):
        play = play_moves.move(play, f"take {role}", by=learner)
    play = play_moves.move(play, "wait 90", by=learner)
    with pytest.raises(Refused, match="lead chooses"):
        play_moves.finish(play, [], by=player(play, "RD"))
    play = play_moves.finish(play, ["U1"], by=learner)
    assert {row.role: row.counts for row in play.roles.all()} == {
        "LPDT": True,
        "SVC": False,
        "RD": False,
    }
    assert ElementResult.objects.get(ref="customer-outage").state == "failed"
    assert Notice.objects.filter(dedupe_key=f"crisis:{play.pk}:debrief").count() == 2


def test_alone_one_plays_on_from_a_team_s_moment_in_all_roles(team, learner):
    play = begun(team, "SVC", "RD")
    play = play_moves.move(play, "A2", by=player(play, "SVC"))
    for role in ("SVC", "RD"):
        play = play_moves.move(play, f"take {role}", by=learner)
    play = play_moves.finish(play_moves.move(play, "wait 90", by=learner), [], by=learner)
    fresh = actions.play_on(play, 2, by=learner)
    engine = crises.engine_of(fresh)
    assert list(engine.busy_until) == ["LPDT"]
    play_moves.move(fresh, "A3" if engine.now >= 3 else "wait 9", by=learner)


def test_nobody_is_asked_to_what_is_assigned_alone(outage, learner):
    CrisisAssignmentFactory(person=learner, mode="solo")
    with pytest.raises(Refused, match="another way"):
        actions.gather(outage, by=learner, players={"RD": PersonFactory()})
    assert not Notice.objects.exists()


@pytest.mark.parametrize("players", [{}, {"CEO": 1}, {"SVC": 1, "RD": 1}, {"LPDT": 1}])
def test_a_team_is_one_person_for_each_role(outage, learner, players):
    person = PersonFactory()
    with pytest.raises(Refused):
        actions.gather(outage, by=learner, players=dict.fromkeys(players, person))
