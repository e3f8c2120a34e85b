"""What a play is worth: six dimensions, each as its lines, so that a debrief can say why."""

from collections.abc import Collection
from dataclasses import dataclass

from teams.calculations.academy.happenings import Table
from teams.calculations.academy.plays import Play

GRACE = 15  # minutes after `by` in which a communication still has half its points
DIMENSIONS = ("facts", "rights", "time", "communication", "follow_up", "outcome")


@dataclass(frozen=True)
class Line:
    """One thing that counted: its table, the minute (None: never), points got of points there."""

    thing: Table
    at: int | None
    points: float
    of: float
    by_default: bool = False


@dataclass(frozen=True)
class Score:
    """Scores by dimension, 0 to 100; the weighted mean; a fatal option; passed or not."""

    by_dimension: dict[str, float]
    total: float
    is_fatal: bool
    has_passed: bool


def facts(play: Play) -> list[Line]:
    """Each fact; it counts when who took the decision it serves knew it by then."""
    lines = []
    for fact in play.scenario["facts"]:
        served = play.taken.get(fact["serves"])
        at = play.known[_who(play, served)].get(fact["code"])
        counts = at is not None and (served is None or at <= served.at)
        lines.append(Line(fact, at, fact["weight"] if counts else 0, fact["weight"]))
    return lines


def _who(play: Play, taken) -> str:
    return taken.player if taken and taken.player in play.known else play.lead


def rights(play: Play) -> list[Line]:
    """Each decision taken: did the option respect whose decision it was?"""
    lost = play.scenario["scoring"]["broken_right"]
    return [
        Line(
            play.decisions[code],
            taken.at,
            -lost if taken.option["right"] == "broken" else 0,
            0,
            taken.by_default,
        )
        for code, taken in play.taken.items()
    ]


def times(play: Play) -> list[Line]:
    """Each decision that was open: all until it was due, down to nothing at its close."""
    lines = []
    for code, taken in play.taken.items():
        decision = play.decisions[code]
        if taken.by_default:
            points = 0
        elif taken.at <= decision["due"]:
            points = 100
        else:
            span = decision["close"] - decision["due"]
            points = max(0, 100 * (decision["close"] - taken.at) / span)
        lines.append(Line(decision, taken.at, points, 100, taken.by_default))
    return lines


def communications(play: Play) -> list[Line]:
    """What had to be said: all points in time, half within the grace, none when misled."""
    lines = []
    for one in play.scenario["communications"]:
        at, points = play.told.get(one["code"]), 0
        if at is not None and one["code"] not in play.misled:
            if at <= one["by"]:
                points = one["points"]
            elif at <= one["by"] + GRACE:
                points = one["points"] / 2
        lines.append(Line(one, at, points, one["points"]))
    return lines


def follow_ups(play: Play, chosen: Collection[str]) -> list[Line]:
    """Each follow-up; those chosen bring their points, noise and blame take some away."""
    return [
        Line(one, 0 if one["code"] in chosen else None, one["points"], max(0, one["points"]))
        for one in play.scenario["follow_ups"]
    ]


def outcome(play: Play) -> list[Line]:
    """Each part of the state at the end, without chance, from bad (0) to good (100)."""
    lines = []
    for name, bounds in play.scenario["state"].items():
        share = (play.state[name] - bounds["bad"]) / (bounds["good"] - bounds["bad"])
        points = max(0, min(1, share)) * 100
        lines.append(Line({"code": name, **bounds}, None, points, 100))
    return lines


def score(play: Play, chosen: Collection[str] = ()) -> Score:
    """The score of a play that is over, with the follow-ups chosen after it."""
    weights = play.scenario["scoring"]
    said = communications(play)
    decided = times(play)
    ended = outcome(play)
    by_dimension = {
        "facts": min(100, 100 * sum(one.points for one in facts(play)) / weights["facts_enough"]),
        "rights": max(0, 100 + sum(one.points for one in rights(play))),
        "time": sum(one.points for one in decided) / len(decided) if decided else 0,
        "communication": 100 * sum(one.points for one in said) / sum(one.of for one in said),
        "follow_up": _follow_up(play, chosen),
        "outcome": sum(one.thing["weight"] * one.points for one in ended)
        / sum(one.thing["weight"] for one in ended),
    }
    total = sum(weights[name] * by_dimension[name] for name in DIMENSIONS) / 100
    is_fatal = any(taken.option.get("fatal") for taken in play.taken.values())
    has_passed = total >= weights["pass_percent"] and not (is_fatal and weights["fatal_fails"])
    return Score(by_dimension, total, is_fatal, has_passed)


def _follow_up(play: Play, chosen: Collection[str]) -> float:
    lines = follow_ups(play, chosen)
    best = sorted((one.of for one in lines), reverse=True)[: play.scenario["follow_up_limit"]]
    return 100 * max(0, sum(one.points for one in lines if one.at is not None)) / sum(best)
