"""A play of a crisis: moves on the scenario's clock, and what they bring about.

A scenario is the body of its file (FORMATS.md). A play is a seed and a list of moves, and replays
exactly. Moves are `A1` (an action), `D1=b` (a decision), `wait 25` (until that minute) and, in a
team, `share F1` (tell the others) and `take RD` (the lead plays a role whose player is away).

Times are minutes of the exercise. Each player has a clock. A player who acts is busy until the
act is over; the common clock goes on as soon as nobody is left who could act now. Who waits keeps
nobody, and may act before the wait is over. Somebody alone has one clock for all roles.
"""

from collections.abc import Collection, Iterable, Mapping
from math import ceil

from teams.calculations.academy.happenings import Entry, Impossible, Table, Taken, Why, luck

DECIDE_MINUTES = 2
SHARE_MINUTES = 1


class Play:
    """Where a play stands. `seats` are the roles that have a player of their own; the lead plays
    all others, and everything when alone.

    known[player][fact]  the minute since which the player knows it
    told[communication]  the first minute at which it was said
    chanced[state]       what chance did; never part of `state`
    """

    def __init__(self, scenario: Table, seed: int = 1, seats: Collection[str] = ()):
        self.scenario, self.seed, self.lead = scenario, seed, scenario["lead"]
        self.actions = {one["code"]: one for one in scenario["actions"]}
        self.decisions = {one["code"]: one for one in scenario["decisions"]}
        self.player_of = {
            role["code"]: role["code"] if role["code"] in seats else self.lead
            for role in scenario["roles"]
        }
        players = {self.lead, *self.player_of.values()}
        self.now = 0
        self.busy_until = dict.fromkeys(players, 0)
        self.waiting: set[str] = set()
        self.state = {name: bounds["start"] for name, bounds in scenario["state"].items()}
        self.chanced = dict.fromkeys(scenario["state"], 0)
        self.flags: set[str] = set()
        self.known: dict[str, dict[str, int]] = {player: {} for player in players}
        self.told: dict[str, int] = {}
        self.misled: set[str] = set()
        self.taken: dict[str, Taken] = {}
        self.done: dict[str, int] = {}
        self.log: list[Entry] = []
        self._under_way: list[tuple[int, str, str]] = []
        self._minute()

    @property
    def is_over(self) -> bool:
        return self.now >= self.scenario["length"]

    def holds(self, thing: Table) -> bool:
        """What it needs has been set, and nothing that rules it out."""
        return ("needs" not in thing or thing["needs"] in self.flags) and thing.get(
            "unless"
        ) not in self.flags

    def is_free(self, player: str) -> bool:
        return self.busy_until[player] <= self.now or player in self.waiting

    @property
    def being_shared(self) -> set[str]:
        """Facts that somebody is telling the others right now."""
        under_way = (what.partition(" ") for _end, _player, what in self._under_way)
        return {fact for word, _space, fact in under_way if word == "share"}

    # What is possible now

    def open_actions(self, player: str | None = None) -> list[Table]:
        """Actions that have come up and were not done, those of one player's roles or all."""
        return [
            action
            for code, action in self.actions.items()
            if code not in self.done
            and player in (None, self.player_of[action["role"]])
            and self._is_possible(action)
        ]

    def open_decisions(self) -> list[Table]:
        return [
            decision
            for code, decision in self.decisions.items()
            if code not in self.taken and self.now >= decision["minute"] and self.holds(decision)
        ]

    def may_decide(self, decision: Table, player: str) -> bool:
        """The lead takes every decision; a role with a player of its own takes those it holds."""
        return player in (self.lead, self.player_of.get(decision["holder"]))

    def _is_possible(self, action: Table) -> bool:
        return self.now >= action["from_minute"] and self.holds(action)

    # Moves

    def move(self, move: str, player: str | None = None) -> None:
        """One move of a player (the lead where none is named); raises Impossible."""
        player = player or self.lead
        if self.is_over:
            raise Impossible(Why.NO_TIME)
        if player not in self.busy_until:
            raise Impossible(Why.NOT_YOURS)
        word, _, rest = move.partition(" ")
        if word == "take":
            self._take_over(rest, player)
        elif not self.is_free(player):
            raise Impossible(Why.BUSY)
        elif word == "wait":
            self._wait(rest, player)
        elif word == "share":
            self._share(rest, player)
        elif "=" in move:
            self._decide(*move.split("=", 1), player)
        else:
            self._act(move, player)
        self._go_on()

    def finish(self) -> None:
        """Let the clock run to its end; acts under way are finished."""
        for player in self.busy_until:
            self._occupy(player, self.scenario["length"])
        self._go_on()

    def _act(self, code: str, player: str) -> None:
        action = self.actions.get(code)
        if action is None:
            raise Impossible(Why.UNKNOWN)
        if self.player_of[action["role"]] != player:
            raise Impossible(Why.NOT_YOURS)
        if code in self.done:
            raise Impossible(Why.DONE)
        if not self._is_possible(action):
            raise Impossible(Why.NOT_OPEN)
        self._begin(code, action["minutes"], player)
        self.done[code] = self.now

    def _share(self, code: str, player: str) -> None:
        if code not in self.known[player]:
            raise Impossible(Why.UNKNOWN)
        if code in self.being_shared or all(code in known for known in self.known.values()):
            raise Impossible(Why.DONE)
        self._begin(f"share {code}", SHARE_MINUTES, player)

    def _begin(self, what: str, minutes: int, player: str) -> None:
        end = self.now + minutes
        if end > self.scenario["length"]:
            raise Impossible(Why.NO_TIME)
        self._under_way.append((end, player, what))
        self._occupy(player, end)

    def _decide(self, code: str, choice: str, player: str) -> None:
        decision = self.decisions.get(code)
        if decision is None:
            raise Impossible(Why.UNKNOWN)
        if code in self.taken:
            raise Impossible(Why.DONE)
        if self.now < decision["minute"] or not self.holds(decision):
            raise Impossible(Why.NOT_OPEN)
        if not self.may_decide(decision, player):
            raise Impossible(Why.NOT_YOURS)
        option = next((one for one in decision["options"] if one["code"] == choice), None)
        if option is None:
            raise Impossible(Why.UNKNOWN)
        if not self.holds(option):
            raise Impossible(Why.NOT_OPEN)
        self._choose(decision, option, player)
        self._occupy(player, self.now + DECIDE_MINUTES)

    def _wait(self, minute: str, player: str) -> None:
        if not minute.isdecimal() or len(minute) > 5:
            raise Impossible(Why.UNKNOWN)
        self._occupy(player, max(self.now, int(minute)))
        self.waiting.add(player)

    def _take_over(self, role: str, player: str) -> None:
        if player != self.lead or role == self.lead or self.player_of.get(role) != role:
            raise Impossible(Why.NOT_YOURS)
        self.player_of[role] = self.lead
        del self.busy_until[role]
        self.waiting.discard(role)
        self._learn(self.lead, self.known.pop(role))
        self.log.append(Entry(self.now, "take", role, self.lead))

    def _occupy(self, player: str, until: int) -> None:
        self.waiting.discard(player)
        self.busy_until[player] = min(until, self.scenario["length"])

    # The clock

    def _go_on(self) -> None:
        while not self.is_over and min(self.busy_until.values()) > self.now:
            self.tick()
        self.waiting = {one for one in self.waiting if self.busy_until[one] > self.now}

    def tick(self) -> None:
        """One minute passes, whoever is free."""
        self.now += 1
        self._minute()
        self._end_acts()

    def _minute(self) -> None:
        """What the minute brings: decisions that close, then injects, then chance."""
        for code, decision in self.decisions.items():
            if decision["close"] == self.now and code not in self.taken and self.holds(decision):
                options = {option["code"]: option for option in decision["options"]}
                self._choose(decision, options[decision["default"]], self.lead, by_default=True)
        for inject in self.scenario["injects"]:
            if inject["minute"] == self.now and self.holds(inject):
                self.log.append(Entry(self.now, "inject", inject["code"]))
        for chance in self.scenario["chances"]:
            if chance["minute"] == self.now:
                self._draw(chance)

    def _draw(self, chance: Table) -> None:
        probability = chance["probability"]
        for case in chance.get("when", []):
            if case["flag"] in self.flags:
                probability = case["probability"]
        happened = luck(self.seed, self.scenario["code"], chance["code"]) < probability
        if happened:
            for name, by in chance["effects"].items():
                self.chanced[name] += by
        self.log.append(Entry(self.now, "chance", chance["code"], happened=happened))

    def _end_acts(self) -> None:
        ended = [act for act in self._under_way if act[0] == self.now]
        self._under_way = [act for act in self._under_way if act[0] != self.now]
        for _, player, what in ended:
            self._end(player, what)

    def _end(self, player: str, what: str) -> None:
        if what.startswith("share "):
            code = what.removeprefix("share ")
            for known in self.known.values():
                known.setdefault(code, self.now)
            self.log.append(Entry(self.now, "share", code, player))
            return
        action = self.actions[what]
        self._change(action.get("effects", {}))
        self._learn(self.player_of[action["role"]], action.get("reveals", []))
        self._follow(action)
        self.log.append(Entry(self.now, "action", what, player))

    def _learn(self, player: str, facts: Iterable[str]) -> None:
        for fact in facts:
            self.known[player].setdefault(fact, self.now)

    # What acts bring about

    def _choose(self, decision, option, player: str, *, by_default: bool = False) -> None:
        self._change(option.get("effects", {}))
        if any(fact not in self.known[player] for fact in option.get("facts_needed", [])):
            self._change(option.get("without_facts", {}))
        late = decision.get("late")
        if late and self.now > decision["due"]:
            periods = ceil((self.now - decision["due"]) / late["every"])
            for _ in range(min(late["at_most"], periods)):
                self._change(late["effects"])
        self._follow(option)
        self.misled |= set(option.get("misleads", []))
        self.taken[decision["code"]] = Taken(option, self.now, player, by_default)
        kind = "default" if by_default else "decision"
        self.log.append(Entry(self.now, kind, decision["code"], player, option["code"]))

    def _follow(self, act: Table) -> None:
        self.flags |= set(act.get("sets", []))
        for code in act.get("tells", []):
            self.told.setdefault(code, self.now)

    def _change(self, effects: Mapping[str, float]) -> None:
        for name, by in effects.items():
            bound = self.scenario["state"][name]
            self.state[name] = max(bound["low"], min(bound["high"], self.state[name] + by))


def replay(scenario: Table, moves, seed: int = 1, seats: Collection[str] = ()) -> Play:
    """The play after these moves; each is a text (of the lead) or a text and who moved."""
    play = Play(scenario, seed, seats)
    for move in moves:
        play.move(move) if isinstance(move, str) else play.move(*move)
    return play
