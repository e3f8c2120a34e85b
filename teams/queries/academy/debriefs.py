"""The debrief of a finished play: what happened, why it scored so, and what else was possible."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ipd.kernel import charts
from teams.calculations.academy import scores
from teams.calculations.academy.happenings import Entry
from teams.calculations.academy.plays import Play as Engine
from teams.calculations.academy.plays import replay
from teams.models import Play
from teams.queries.academy.play_points import holder
from teams.queries.academy.play_rooms import STATES, Line, log, signed

WIDTH = 5  # points of one column of the histogram


@dataclass(frozen=True)
class Way:
    """One option of a decision, with what it does."""

    text: str
    follows: str
    effects: str
    without: str
    facts: list[str]
    is_broken: bool
    is_fatal: bool
    is_taken: bool


@dataclass(frozen=True)
class Crossroads:
    title: str
    question: str
    holder: str
    at: int | None
    by_default: bool
    ways: list[Way]


@dataclass(frozen=True)
class Path:
    title: str
    why: str
    total: float
    has_passed: bool
    steps: list[tuple[str, str]]


def happened(engine: Engine, player: str, numbers: dict[str, int]) -> list[Line]:
    """The log from top to bottom; acts and decisions carry the number of their move."""
    names = {one["code"]: one["name"] for one in engine.scenario["roles"]}
    return [
        replace(line, number=numbers.get(_move(entry), 0))
        for entry, line in zip(engine.log, log(engine, player, names), strict=True)
    ]


def _move(entry: Entry) -> str:
    return f"{entry.code}={entry.choice}" if entry.choice else entry.code


def numbers_of(play: Play) -> dict[str, int]:
    """The number of each move of the play; one query."""
    return dict(play.moves.values_list("move", "number"))


# What else was possible


def crossroads(engine: Engine) -> list[Crossroads]:
    """Every decision with its options and what each does; those that never opened, too."""
    return [_crossing(engine, decision) for decision in engine.decisions.values()]


def _crossing(engine: Engine, decision) -> Crossroads:
    taken = engine.taken.get(decision["code"])
    facts = {one["code"]: one["text"] for one in engine.scenario["facts"]}
    return Crossroads(
        title=decision["title"],
        question=decision["question"],
        holder=holder(engine, decision),
        at=taken.at if taken else None,
        by_default=bool(taken and taken.by_default),
        ways=[
            Way(
                text=option["text"],
                follows=option["follows"],
                effects=effects(option["effects"]),
                without=effects(option.get("without_facts", {})),
                facts=[facts[code] for code in option.get("facts_needed", [])],
                is_broken=option["right"] == "broken",
                is_fatal=bool(option.get("fatal")),
                is_taken=bool(taken and taken.option["code"] == option["code"]),
            )
            for option in decision["options"]
        ],
    )


def effects(changed) -> str:
    """What an option changes, in words: “Quality +6, Delay +3 days”."""
    return ", ".join(
        f"{label} {signed(changed[name])} {'' if name in OF_100 else unit}".strip()
        for name, (label, unit) in STATES.items()
        if changed.get(name)
    )


OF_100 = ("customer_trust", "quality")


@dataclass(frozen=True)
class Chance:
    """What chance had in its hand, whether it came, and what it would do if it were counted."""

    minute: int
    text: str
    came: bool
    effects: str


def luck(engine: Engine) -> list[Chance]:
    by_code = {one["code"]: one for one in engine.scenario["chances"]}
    drawn = [(entry, by_code[entry.code]) for entry in engine.log if entry.kind == "chance"]
    return [
        Chance(entry.minute, chance["text"], entry.happened, effects(chance["effects"]))
        for entry, chance in drawn
    ]


def paths(play: Play) -> list[Path]:
    """The scenario's own ways, played with the same luck."""
    body, found = play.scenario.body, []
    for path in body["paths"]:
        engine = replay(body, path["moves"], play.seed)
        engine.finish()
        result = scores.score(engine, path["follow_ups"])
        steps = [(str(line.minute), line.text) for line in _acts(engine)]
        found.append(Path(path["title"], path["why"], result.total, result.has_passed, steps))
    return found


def _acts(engine: Engine) -> list[Line]:
    names = {one["code"]: one["name"] for one in engine.scenario["roles"]}
    lines = log(engine, engine.lead, names)
    return [line for line in lines if line.kind in ("action", "decision", "default")]


def histogram(totals: list[float], title: str, total: float):
    """How often players without thought score what, with the reader's own total."""
    lows = range(0, 100, WIDTH)
    heights = [sum(low <= one < low + WIDTH for one in totals) for low in lows]
    heights[-1] += totals.count(100)
    return charts.columns(
        [charts.Column(low, low + WIDTH, n) for low, n in zip(lows, heights, strict=True)],
        title=title,
        about=_("Totals of %(n)s plays.") % {"n": len(totals)},
        heads=(_("Score"), _("Plays")),
        marks=[charts.Mark(total, _("You"))],
    )


def share_below(totals: list[float], total: float) -> int:
    """How many percent of the totals lie below this one."""
    return round(100 * sum(one < total for one in totals) / len(totals)) if totals else 0


def moments(engine: Engine) -> list[tuple[str, str]]:
    """What to talk about: the two latest decisions, and the one that cost the state most."""
    found = []
    late = sorted(engine.taken.items(), key=lambda row: engine.decisions[row[0]]["due"] - row[1].at)
    for code, taken in late[:2]:
        decision = engine.decisions[code]
        said = _("nobody decided") if taken.by_default else taken.option["text"]
        why = _("minute %(minute)s, due at %(due)s: %(said)s")
        found.append(
            (decision["title"], why % {"minute": taken.at, "due": decision["due"], "said": said})
        )
    if engine.taken:
        code, taken = min(engine.taken.items(), key=lambda row: _worth(engine, row[1].option))
        cost = effects(taken.option["effects"])
        found.append((engine.decisions[code]["title"], f"{taken.option['text']} ({cost})"))
    return found


def _worth(engine: Engine, option) -> float:
    bounds = engine.scenario["state"]
    return sum(
        bounds[name]["weight"] * by / (bounds[name]["good"] - bounds[name]["bad"])
        for name, by in option["effects"].items()
    )
