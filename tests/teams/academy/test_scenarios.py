"""Scenarios play as their files promise; what a file may not say is said in a sentence."""

import copy
import tomllib
from pathlib import Path

import pytest

from teams.calculations.academy.happenings import Impossible, Why
from teams.calculations.academy.players import next_event, spread
from teams.calculations.academy.plays import Play, replay
from teams.calculations.academy.scenarios import problems
from teams.calculations.academy.scores import DIMENSIONS, facts, score
from teams.calculations.academy.tokens import Asked

FILES = sorted(Path("teams/curriculum/scenarios").glob("*.toml"))
BODIES = {file.stem: tomllib.loads(file.read_text()) for file in FILES}
# Totals of the shipped paths, by another engine that was written before this one.
TOTALS = {
    "competitor-launches-early": [95.6829, 80.2686, 87.9294, 16.5907],
    "customer-outage": [93.446, 83.7701, 85.5973, 20.0789],
    "data-integrity": [99.4722, 95.9232, 91.8138, 15.9742],
    "hero-resigns": [93.8856, 88.1625, 88.6369, 29.1783],
    "regulator-changes-limit": [93.9958, 93.382, 87.372, 18.5706],
    "supplier-fire": [94.6923, 86.8272, 88.875, 23.6233],
}


@pytest.fixture
def outage():
    return copy.deepcopy(BODIES["customer-outage"])


def ended(play: Play) -> Play:
    play.finish()
    return play


@pytest.mark.parametrize("slug", TOTALS)
def test_the_shipped_scenarios_have_no_problems_and_score_as_another_engine_says(slug):
    body = BODIES[slug]
    assert problems(body) == []
    totals = [
        score(ended(replay(body, path["moves"])), path["follow_ups"]).total
        for path in body["paths"]
    ]
    assert totals == pytest.approx(TOTALS[slug], abs=1e-4)


def test_chance_depends_on_the_seed_alone_and_is_never_scored(outage):
    moves = outage["paths"][0]["moves"]
    plays = [ended(replay(outage, moves, seed)) for seed in (1, 1, *range(2, 12))]
    assert plays[0].log == plays[1].log
    assert len({tuple(play.chanced.values()) for play in plays}) > 1
    assert len({score(play).total for play in plays}) == 1


def test_an_act_brings_its_fact_when_it_is_over(outage):
    play = replay(outage, ["A2"])
    assert (play.now, play.known["LPDT"]) == (5, {"F1": 5})


@pytest.mark.parametrize(
    ("moves", "why"),
    [
        (["A99"], Why.UNKNOWN),
        (["A3"], Why.NOT_OPEN),
        (["A1", "A1"], Why.DONE),
        (["D1=c"], Why.NOT_OPEN),
        (["wait 3", "D1=x"], Why.UNKNOWN),
        (["wait 3", "D9=a"], Why.UNKNOWN),
        (["wait 3", "D1=c", "D1=a"], Why.DONE),
        (["wait soon"], Why.UNKNOWN),
        (["wait 88", "A10"], Why.NO_TIME),
        (["wait 90", "A1"], Why.NO_TIME),
        (["share F1"], Why.UNKNOWN),
        (["A2", "share F1"], Why.DONE),
        (["take RD"], Why.NOT_YOURS),
    ],
)
def test_a_move_that_is_not_possible_says_why(outage, moves, why):
    play = replay(outage, moves[:-1])
    before = (play.now, dict(play.state), list(play.log))
    with pytest.raises(Impossible) as refused:
        play.move(moves[-1])
    assert refused.value.why == why
    assert (play.now, play.state, play.log) == before


def test_nobody_decides_before_the_close_and_the_default_is_taken(outage):
    play = replay(outage, ["wait 20"])
    taken = play.taken["D1"]
    assert (taken.option["code"], taken.by_default, taken.at) == ("a", True, 20)


# In a team


def test_acts_of_different_roles_run_side_by_side(outage):
    play = Play(outage, seats=["RD", "SVC"])
    play.move("wait 3", "RD")
    play.move("A2", "SVC")
    play.move("A1")
    assert play.now == 3
    play.move("A3", "RD")
    play.move("wait 20")
    assert (play.now, play.known["SVC"], play.known["LPDT"]) == (5, {"F1": 5}, {})


def test_the_clock_stands_until_everybody_is_busy_or_waits(outage):
    play = Play(outage, seats=["RD"])
    play.move("A1")
    assert play.now == 0
    with pytest.raises(Impossible) as refused:
        play.move("A2")
    assert refused.value.why == Why.BUSY
    play.move("wait 30", "RD")
    assert play.now == 3
    play.move("A3", "RD")  # who waits may act before the wait is over
    play.move("wait 40")
    assert play.now == 13


def test_a_fact_is_its_finder_s_until_it_is_shared(outage):
    play = Play(outage, seats=["SVC"])
    play.move("wait 12")
    play.move("A2", "SVC")
    assert "F1" not in play.known["LPDT"]
    play.move("share F1", "SVC")
    assert (play.known["LPDT"], play.log[-1].kind) == ({"F1": 6}, "share")
    with pytest.raises(Impossible):
        play.move("share F1", "SVC")


def test_a_fact_counts_only_for_who_decides(outage):
    def weight(*moves):
        return sum(line.points for line in facts(ended(replay(outage, moves, seats=["SVC"]))))

    found = ["wait 12", ("A2", "SVC")]
    kept = weight(*found, ("wait 60", "SVC"), "D2=b")
    shared = weight(*found, ("share F1", "SVC"), ("wait 60", "SVC"), "wait 12", "D2=b")
    assert (kept, shared) == (0, 3)


def test_the_lead_decides_and_so_does_the_role_that_holds_the_decision(outage):
    play = Play(outage, seats=["RD", "MKT"])
    play.move("wait 11", "RD")
    play.move("wait 11", "MKT")
    play.move("wait 11")
    with pytest.raises(Impossible) as refused:
        play.move("D3=d", "RD")
    assert refused.value.why == Why.NOT_YOURS
    play.move("D3=d", "MKT")
    assert play.taken["D3"].player == "MKT"


def test_the_lead_takes_over_who_is_away_with_what_they_knew(outage):
    play = Play(outage, seats=["SVC", "RD"])
    play.move("A2", "SVC")
    play.move("wait 30", "RD")
    play.move("A1")
    play.move("wait 6")
    assert play.now == 5
    play.move("take SVC")
    assert play.known["LPDT"] == {"F1": 5}
    assert [one["code"] for one in play.open_actions("LPDT") if one["role"] == "SVC"] == ["A4"]
    with pytest.raises(Impossible):
        play.move("A4", "SVC")


def test_one_waits_for_what_concerns_oneself(outage):
    play = Play(outage, seats=["RD"])
    play.move("A1")
    assert next_event(play) == 2  # the first decision opens
    assert next_event(play, "RD") == 3  # its first action
    assert play.now == 0
    asked = Asked("wait", "event")
    assert (asked.as_move(play), asked.as_move(play, "RD")) == ("wait 2", "wait 3")


def test_players_without_thought_are_the_same_each_time(outage):
    first, second = spread(outage, 5), spread(outage, 5)
    assert first == second
    assert sum(first["random"]) < sum(first["greedy"])


def test_a_team_s_play_replays(outage):
    moves = [("A2", "SVC"), ("A1", "LPDT"), ("wait 40", "LPDT"), ("share F1", "SVC")]
    first, second = (replay(outage, moves, 7, ["SVC"]) for _ in range(2))
    assert (first.log, first.state, first.known) == (second.log, second.state, second.known)


# What a file may not say


def broken(body, path, value):
    *way, last = path
    for key in way:
        body = body[key]
    if value is None:
        del body[last]
    else:
        body[last] = value


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["lead"], None, "lead is missing"),
        (["colour"], "red", "colour is not known"),
        (["lead"], "CEO", "none of the roles"),
        (["length"], "90", "a whole number"),
        (["length"], 10**6, "length has to lie"),
        (["state", "luck"], {"start": 0}, "state.luck"),
        (["state", "quality", "start"], 200, "between low and high"),
        (["state", "quality", "good"], float("nan"), "good has to be a number"),
        (["injects", 0, "channel"], "pigeon", "channel"),
        (["actions", 1, "reveals"], ["F99"], "F99 is none of the facts"),
        (["actions", 1, "effects"], {"luck": 1}, "a table of numbers"),
        (["facts", 0, "serves"], "D99", "none of the decisions"),
        (["decisions", 0, "due"], 1, "follow one another"),
        (["decisions", 0, "default"], "z", "default"),
        (["decisions", 0, "options", 0, "right"], "wrong", "respected or broken"),
        (["injects", 4, "needs"], "nothing", "nothing is never set"),
        (["chances", 0, "probability"], 3, "between 0 and 1"),
        (["scoring", "facts"], 30, "sum to 100"),
        (["follow_up_limit"], 0, "follow_ups"),
        (["paths", 0, "moves"], ["A99"], "cannot be made"),
        (["paths", 0, "least"], 99, "least says 99"),
        (["roles", 0], "LPDT", "not a table"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(outage, path, value, says):
    broken(outage, path, value)
    found = problems(outage)
    assert any(says in sentence for sentence in found), found


def test_a_file_of_something_else_is_no_scenario():
    assert problems([])
    assert problems({})


def test_dimensions_are_those_of_the_weights(outage):
    assert set(score(ended(Play(outage))).by_dimension) == set(DIMENSIONS)
