"""What comes next in a play, and players without thought, to compare people with."""

import copy
import random
from statistics import mean

from teams.calculations.academy.happenings import Table
from teams.calculations.academy.plays import Play
from teams.calculations.academy.scores import score

PLAYS = 100  # of each kind; a scenario's spread


def next_event(play: Play, player: str | None = None) -> int:
    """The next minute at which something happens or comes up, if nobody acts; in a team, for this
    player: what others finish is theirs to tell."""
    ahead = copy.copy(play)
    for name, value in vars(play).items():
        if isinstance(value, (dict, set, list)) and name != "scenario":
            setattr(ahead, name, value.copy())
    ahead.known = {player: known.copy() for player, known in play.known.items()}
    before = _face(ahead, player)
    while not ahead.is_over:
        ahead.tick()
        if _face(ahead, player) != before:
            break
    return ahead.now


def _face(play: Play, player: str | None) -> tuple:
    news = (one for one in play.log if one.kind != "action" or player in (None, one.player))
    decisions = play.open_decisions()
    return (
        sum(1 for _one in news),
        [one["code"] for one in decisions if not player or play.may_decide(one, player)],
        [one["code"] for one in play.open_actions(player)],
    )


def spread(scenario: Table, plays: int = PLAYS) -> dict[str, list[float]]:
    """Totals in order: of players who pick at random among all that is open, and of players who
    do everything that comes up and take what looks best for the state at once."""
    return {
        "random": sorted(_total(_at_random(scenario, seed), seed) for seed in range(plays)),
        "greedy": sorted(_total(_greedily(scenario, seed), seed) for seed in range(plays)),
    }


def _total(play: Play, seed: int) -> float:
    ups = [one["code"] for one in play.scenario["follow_ups"]]
    limit = min(play.scenario["follow_up_limit"], len(ups))
    return round(score(play, _hand(seed).sample(ups, limit)).total, 2)


def _hand(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable draws, not secrets


def _at_random(scenario: Table, seed: int) -> Play:
    play, rng = Play(scenario, seed), _hand(seed)
    while not play.is_over:
        moves = [one["code"] for one in _doable(play)]
        moves += [
            f"{one['code']}={option['code']}"
            for one in play.open_decisions()
            for option in one["options"]
            if play.holds(option)
        ]
        play.move(rng.choice([*moves, f"wait {next_event(play)}"]))
    return play


def _greedily(scenario: Table, seed: int) -> Play:
    play, rng = Play(scenario, seed), _hand(seed)
    while not play.is_over:
        late = [one for one in play.open_decisions() if play.now >= one["due"] - 2]
        actions = _doable(play)
        if late:
            play.move(f"{late[0]['code']}={_best(play, late[0])}")
        elif actions:
            play.move(rng.choice(actions)["code"])
        else:
            dues = [one["due"] - 2 for one in play.open_decisions()]
            play.move(f"wait {max(play.now + 1, min([next_event(play), *dues]))}")
    return play


def _doable(play: Play) -> list[Table]:
    left = play.scenario["length"] - play.now
    return [one for one in play.open_actions() if one["minutes"] <= left]


def _best(play: Play, decision: Table) -> str:
    open_now = [option for option in decision["options"] if play.holds(option)]
    return max(open_now, key=lambda option: _worth(play.scenario["state"], option))["code"]


def _worth(state: Table, option: Table) -> float:
    """What the option's own effects are worth to the state, from -1 to 1 for each part."""
    return (
        mean(
            state[name]["weight"] * by / (state[name]["good"] - state[name]["bad"])
            for name, by in option["effects"].items()
        )
        if option["effects"]
        else 0.0
    )
