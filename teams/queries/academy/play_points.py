"""Why a play scored so: every line of the six dimensions, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.calculations.academy import scores
from teams.calculations.academy.plays import Play as Engine
from teams.models import Play
from teams.queries.academy.play_rooms import STATES, signed

DIMENSIONS = {
    "facts": gettext_lazy("Facts"),
    "rights": gettext_lazy("Decision rights"),
    "time": gettext_lazy("Time to decide"),
    "communication": gettext_lazy("Communication"),
    "follow_up": gettext_lazy("Follow-up"),
    "outcome": gettext_lazy("State at the end, without luck"),
}


@dataclass(frozen=True)
class Point:
    """One thing that counted, and why; `tone` says how well."""

    text: str
    why: str
    tone: str
    points: str = ""


@dataclass(frozen=True)
class Dimension:
    name: str
    weight: float
    score: float
    points: list[Point]


def dimensions(play: Play, engine: Engine) -> list[Dimension]:
    """The six dimensions with their lines, heaviest order as the scenario says."""
    made = {
        "facts": [_fact(engine, line) for line in scores.facts(engine)],
        "rights": [_right(engine, line) for line in scores.rights(engine)],
        "time": [_time(line) for line in scores.times(engine)],
        "communication": [_said(engine, line) for line in scores.communications(engine)],
        "follow_up": [_follow_up(line) for line in scores.follow_ups(engine, play.follow_ups)],
        "outcome": [_outcome(engine, line) for line in _in_order(scores.outcome(engine))],
    }
    weights = engine.scenario["scoring"]
    return [
        Dimension(str(label), weights[name], play.scores.get(name, 0), made[name])
        for name, label in DIMENSIONS.items()
    ]


def _fact(engine: Engine, line) -> Point:
    served = engine.decisions[line.thing["serves"]]["title"]
    if line.at is None:
        found = [
            action["name"]
            for action in engine.actions.values()
            if line.thing["code"] in action.get("reveals", [])
        ]
        why = _("not found; it was there for whoever did this: %(act)s") % {
            "act": " / ".join(found)
        }
    elif line.points:
        why = _("known at minute %(minute)s, in time for “%(decision)s”") % {
            "minute": line.at,
            "decision": served,
        }
    else:
        why = _("known at minute %(minute)s, after “%(decision)s”") % {
            "minute": line.at,
            "decision": served,
        }
    tone = "on" if line.points else "off" if line.at is None else "risk"
    return Point(line.thing["text"], why, tone, f"{line.points:g}/{line.of:g}")


def _right(engine: Engine, line) -> Point:
    option = engine.taken[line.thing["code"]].option["text"]
    whose = _("It was for %(holder)s to decide.") % {"holder": holder(engine, line.thing)}
    text = f"{line.thing['title']}: {option}"
    if line.points:
        return Point(text, whose, "off", signed(line.points))
    if line.by_default:
        return Point(text, _("nobody decided"), "none")
    return Point(text, _("respected"), "on")


def holder(engine: Engine, decision) -> str:
    names = {one["code"]: one["name"] for one in engine.scenario["roles"]}
    return names.get(decision["holder"]) or str(HOLDERS[decision["holder"]])


HOLDERS = {
    "IPMT": gettext_lazy("the board (IPMT)"),
    "CHAIR": gettext_lazy("the chair of the board"),
    "TRP": gettext_lazy("the technical review panel"),
    "RESEARCH": gettext_lazy("research"),
    "SUPPLIER": gettext_lazy("the supplier"),
    "CUSTOMER": gettext_lazy("the customer"),
}


def _time(line) -> Point:
    due = line.thing["due"]
    if line.by_default:
        why = _("nobody decided until minute %(minute)s; it was due at %(due)s")
    else:
        why = _("at minute %(minute)s; due at %(due)s")
    tone = "off" if line.by_default else "on" if line.points == line.of else "risk"
    why %= {"minute": line.at, "due": due}
    return Point(line.thing["title"], why, tone, f"{line.points:.0f}/100")


def _said(engine: Engine, line) -> Point:
    what = f"{line.thing['to']}: {line.thing['text']}"
    if line.at is None:
        why, tone = _("not said; due by minute %(by)s"), "off"
    elif line.thing["code"] in engine.misled:
        why, tone = _("said, and then misled"), "off"
    else:
        why = _("said at minute %(at)s; due by minute %(by)s")
        tone = "on" if line.points == line.of else "risk" if line.points else "off"
    why %= {"at": line.at, "by": line.thing["by"]}
    return Point(what, why, tone, f"{line.points:g}/{line.of:g}")


def _follow_up(line) -> Point:
    thing = line.thing
    good = thing["points"] > 0
    if line.at is None:
        why, tone = (_("not chosen"), "none") if good else (_("rightly left"), "none")
    else:
        why, tone = (_("chosen"), "on") if good else (_("chosen: noise or blame"), "off")
    return Point(f"{thing['text']} ({thing['due']})", why, tone, signed(thing["points"]))


def _in_order(lines) -> list:
    order = list(STATES)
    return sorted(lines, key=lambda line: order.index(line.thing["code"]))


def _outcome(engine: Engine, line) -> Point:
    name = line.thing["code"]
    label, unit = STATES[name]
    why = _("%(value)s %(unit)s at the end; good is %(good)s, bad is %(bad)s") % {
        "value": f"{engine.state[name]:g}",
        "unit": unit,
        "good": f"{line.thing['good']:g}",
        "bad": f"{line.thing['bad']:g}",
    }
    tone = "on" if line.points >= 70 else "risk" if line.points >= 35 else "off"
    return Point(str(label), why, tone, f"{line.points:.0f}/100")
