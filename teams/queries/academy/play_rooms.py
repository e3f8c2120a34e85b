"""What a player's page may show while a play runs: only what has come up, and is theirs to know.

Templates get these rows and never the scenario's body. Things that can be chosen go by tokens.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams.calculations.academy.happenings import Entry
from teams.calculations.academy.plays import Play as Engine
from teams.calculations.academy.tokens import shuffled, token
from teams.models import Play, PlayRole

CHANNELS = {
    "mail": _("Mail"),
    "phone": _("Phone"),
    "chat": _("Chat"),
    "alarm": _("Alarm"),
    "meeting": _("Meeting"),
    "report": _("Report"),
    "visit": _("Visit"),
    "press": _("Press"),
}
STATES = {
    "schedule_days": (_("Delay"), _("days")),
    "cost_keur": (_("Extra cost"), _("k€")),
    "customer_trust": (_("Customer’s trust"), _("of 100")),
    "quality": (_("Quality"), _("of 100")),
    "team_load": (_("Load of the team"), "%"),
}


def signed(value: float) -> str:
    """With its sign: +3, −5.

    >>> signed(3), signed(-5)
    ('+3', '−5')
    """
    return f"{value:+g}".replace("-", "−")


@dataclass(frozen=True)
class Line:
    """One line of the log; `follows` is what came of it, `facts` what its reader learned by it."""

    minute: int
    kind: str
    head: str | Promise
    text: str = ""
    follows: str = ""
    who: str = ""
    facts: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Choice:
    word: str
    text: str
    role: str = ""
    minutes: int = 0


@dataclass(frozen=True)
class Question:
    """A decision that is open; whoever may take it gets its form."""

    word: str
    title: str
    question: str
    due: int
    close: int
    left: int
    mine: bool
    options: list[Choice]


@dataclass(frozen=True)
class Fact:
    text: str
    at: int
    word: str = ""


@dataclass(frozen=True)
class Seat:
    """A player: their clock, and whether the others wait for them."""

    role: str
    code: str
    person: object
    until: int
    holds: bool
    is_lead: bool


@dataclass(frozen=True)
class State:
    name: str | Promise
    unit: str | Promise
    value: float
    change: float

    @property
    def moved(self) -> str:
        return signed(self.change)


@dataclass(frozen=True)
class Room:
    """The play as one of its players sees it."""

    minute: int
    length: int
    states: list[State]
    log: list[Line]
    decisions: list[Question]
    actions: list[Choice]
    facts: list[Fact]
    seats: list[Seat] = field(default_factory=list)
    free: bool = True
    busy_until: int = 0
    watches: bool = False
    brief: dict = field(default_factory=dict)
    taken_over: list[Choice] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.length - self.minute

    @property
    def waits_for(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.holds]


def room(play: Play, engine: Engine, mine: PlayRole, roles: list[PlayRole]) -> Room:
    """The page of one player; no queries."""
    player = mine.role
    names = {one["code"]: one["name"] for one in engine.scenario["roles"]}
    watches = player not in engine.busy_until
    known = {} if watches else engine.known[player]
    alone = len(engine.busy_until) == 1
    return Room(
        minute=engine.now,
        length=engine.scenario["length"],
        states=states(engine),
        log=list(reversed(log(engine, player, names))),
        decisions=[_question(play, engine, one, player) for one in engine.open_decisions()],
        actions=[] if watches else _actions(play, engine, player, names),
        facts=_facts(play, engine, known, alone=alone),
        seats=[] if alone and not play.is_team else _seats(engine, roles, names),
        free=not watches and engine.is_free(player),
        busy_until=engine.busy_until.get(player, 0),
        watches=watches,
        brief=next(one for one in engine.scenario["roles"] if one["code"] == player),
        taken_over=_away(engine, player, names),
    )


def states(engine: Engine) -> list[State]:
    """The figures as they stand, and how far they moved; chance is not in them."""
    bounds = engine.scenario["state"]
    return [
        State(*said, engine.state[name], engine.state[name] - bounds[name]["start"])
        for name, said in STATES.items()
        if name in engine.state
    ]


def _question(play: Play, engine: Engine, decision, player: str) -> Question:
    options = [one for one in decision["options"] if engine.holds(one)]
    where = decision["code"]
    return Question(
        word=token(play.seed, "decisions", where),
        title=decision["title"],
        question=decision["question"],
        due=decision["due"],
        close=decision["close"],
        left=decision["due"] - engine.now,
        mine=player in engine.busy_until and engine.may_decide(decision, player),
        options=[
            Choice(token(play.seed, where, one["code"]), one["text"])
            for one in shuffled(play.seed, where, options)
        ],
    )


def _actions(play: Play, engine: Engine, player: str, names) -> list[Choice]:
    return [
        Choice(
            token(play.seed, "actions", one["code"]),
            one["name"],
            names[one["role"]],
            one["minutes"],
        )
        for one in shuffled(play.seed, "actions", engine.open_actions(player))
        if engine.now + one["minutes"] <= engine.scenario["length"]
    ]


def _facts(play: Play, engine: Engine, known: dict[str, int], *, alone: bool) -> list[Fact]:
    texts = {one["code"]: one["text"] for one in engine.scenario["facts"]}
    shared = set.intersection(*(set(one) for one in engine.known.values()))
    under_way = engine.being_shared
    return [
        Fact(
            texts[code],
            at,
            "" if alone or code in shared | under_way else token(play.seed, "facts", code),
        )
        for code, at in known.items()
    ]


def _seats(engine: Engine, roles: list[PlayRole], names) -> list[Seat]:
    playing = [one for one in roles if one.role in engine.busy_until]
    return [
        Seat(
            role=names[one.role],
            code=one.role,
            person=one.person,
            until=engine.busy_until[one.role],
            holds=engine.busy_until[one.role] <= engine.now,
            is_lead=one.role == engine.lead,
        )
        for one in playing
    ]


def _away(engine: Engine, player: str, names) -> list[Choice]:
    """Roles that the lead may take over."""
    if player != engine.lead:
        return []
    return [Choice(code, names[code]) for code in engine.busy_until if code != engine.lead]


def log(engine: Engine, player: str, names: dict[str, str]) -> list[Line]:
    """The log with the facts that this player learned, first things first."""
    known = engine.known.get(player, {})
    return [_line(engine, entry, known, names) for entry in engine.log]


def _line(engine: Engine, entry: Entry, known: dict[str, int], names) -> Line:
    scenario, who = engine.scenario, names.get(entry.player, "")
    facts = {one["code"]: one["text"] for one in scenario["facts"]}
    if entry.kind == "inject":
        inject = _row(scenario["injects"], entry.code)
        head = f"{CHANNELS[inject['channel']]} · {inject['from']}"
        return Line(entry.minute, "inject", head, inject["text"])
    if entry.kind == "chance":
        chance = _row(scenario["chances"], entry.code)
        text = chance["text"] if entry.happened else chance["otherwise"]
        return Line(entry.minute, "chance", _("Chance"), text)
    if entry.kind == "action":
        action = engine.actions[entry.code]
        learned = [facts[code] for code in action.get("reveals", []) if code in known]
        return Line(
            entry.minute, "action", _("Done"), action["name"], who=who, facts=tuple(learned)
        )
    if entry.kind == "share":
        return Line(entry.minute, "share", _("Told the others"), facts[entry.code], who=who)
    if entry.kind == "take":
        return Line(entry.minute, "take", _("The lead takes over"), names[entry.code])
    decision = engine.decisions[entry.code]
    option = _row(decision["options"], entry.choice)
    if entry.kind == "default":
        head, who = _("Nobody decided in time: %(title)s"), ""
    else:
        head = _("Decided: %(title)s")
    return Line(
        entry.minute,
        entry.kind,
        head % {"title": decision["title"]},
        option["text"],
        follows=option["follows"],
        who=who,
    )


def _row(rows, code: str):
    return next(one for one in rows if one["code"] == code)
