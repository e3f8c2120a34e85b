"""Plays and assignments as tables: a play is its moves, and its score is worked out."""

from datetime import date

import pytest

from ipd.kernel.tables import files, importing
from teams.models import CrisisAssignment, ElementResult, Play
from teams.queries.academy import crises
from tests.factories import PersonFactory
from tests.factories.academy import EnrolmentFactory, PathElementFactory, PathStageFactory
from tests.factories.academy_crises import ScenarioFactory

pytestmark = pytest.mark.django_db

PLAYS = "person,scenario,finished_on,seed,counts,moves,follow_ups\n"
IDLE = "LEARNER,customer-outage,2026-11-02,7,yes,{moves},{ups}\n"
ASSIGNED = "person,scenario,mode,due_on,by\nLEARNER,customer-outage,team,2026-12-04,LEAD\n"


@pytest.fixture
def bring_in(tmp_path):
    def run(**written):
        for name, text in written.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return importing.run(files.open_folder(tmp_path), as_of=date(2026, 11, 22))

    return run


@pytest.fixture(autouse=True)
def ground(db):
    enrolment = EnrolmentFactory(person=PersonFactory(code="LEARNER"))
    PersonFactory(code="LEAD")
    stage = PathStageFactory(path=enrolment.path)
    PathElementFactory(stage=stage, kind="SIMULATION", refs=["customer-outage"])
    return ScenarioFactory()


def test_a_play_comes_in_by_its_moves_and_is_scored(ground, bring_in):
    path = ground.body["paths"][0]
    moves, ups = "; ".join(path["moves"]), "; ".join(path["follow_ups"])
    assert not bring_in(plays=PLAYS + IDLE.format(moves=moves, ups=ups)).problems
    play = Play.objects.get()
    assert (float(play.score), play.has_passed, play.moves_made) == (93.45, True, 15)
    assert crises.engine_of(play).taken["D2"].option["code"] == "b"
    assert crises.visible_plays(play.started_by).get() == play
    assert ElementResult.objects.get(ref="customer-outage").state == "done"
    assert not bring_in(plays=PLAYS + IDLE.format(moves=moves, ups=ups)).problems
    assert Play.objects.count() == 1


@pytest.mark.parametrize(
    ("moves", "ups", "column"),
    [
        ("A99", "", "moves"),
        ("A3", "", "moves"),
        ("A1", "U99", "follow_ups"),
        ("A1", "U1; U2; U3; U4; U5", "follow_ups"),
    ],
)
def test_a_play_that_cannot_have_been_is_refused(bring_in, moves, ups, column):
    found = bring_in(plays=PLAYS + IDLE.format(moves=moves, ups=ups)).problems
    assert [problem.column for problem in found] == [column]
    assert not Play.objects.exists()


def test_what_was_played_is_never_edited(bring_in):
    bring_in(plays=PLAYS + IDLE.format(moves="A1", ups=""))
    assert bring_in(plays=PLAYS + IDLE.format(moves="A1; A2", ups="")).problems


def test_assignments_come_in(bring_in):
    assert not bring_in(crisis_assignments=ASSIGNED).problems
    row = CrisisAssignment.objects.get()
    assert (row.person.code, row.mode, row.by.code) == ("LEARNER", "team", "LEAD")
