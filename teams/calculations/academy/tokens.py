"""Words that stand for codes while a play runs, and orders drawn from its seed.

What a page holds must not tell more than what it shows: no codes of the file, nor its order.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from teams.calculations.academy.players import next_event
from teams.calculations.academy.plays import Play

LONGEST_WAIT = 60


def token(seed: int, *words: str) -> str:
    """A short word for a thing of the scenario, the same throughout a play.

    >>> token(1, "A1") == token(1, "A1"), token(1, "A1") == token(2, "A1")
    (True, False)
    """
    return hashlib.sha256(f"{seed}/{'/'.join(words)}".encode()).hexdigest()[:12]


def shuffled[Row: dict](seed: int, where: str, rows: Iterable[Row]) -> list[Row]:
    """The rows, which have codes, in an order drawn from the seed.

    >>> rows = [{"code": code} for code in "abc"]
    >>> shuffled(1, "D1", rows) == shuffled(1, "D1", reversed(rows))
    True
    """
    return sorted(rows, key=lambda row: token(seed, where, row["code"]))


def meant(seed: int, where: str, rows: Iterable[dict], word: str) -> str | None:
    """The code of the row that a token stands for; None for a word that stands for none."""
    return next((row["code"] for row in rows if token(seed, where, row["code"]) == word), None)


@dataclass(frozen=True)
class Asked:
    """What a page asked for: the kind of move, and tokens for what and with which option."""

    kind: str
    what: str = ""
    option: str = ""

    def as_move(self, play: Play, player: str | None = None) -> str | None:
        """The move as the engine takes it; None when the words stand for nothing."""
        match self.kind:
            case "act":
                return meant(play.seed, "actions", play.actions.values(), self.what)
            case "decide":
                return self._decision(play)
            case "share":
                code = meant(play.seed, "facts", play.scenario["facts"], self.what)
                return code and f"share {code}"
            case "wait":
                return self._wait(play, player)
            case "take":
                return f"take {self.what}"
        return None

    def _decision(self, play: Play) -> str | None:
        code = meant(play.seed, "decisions", play.decisions.values(), self.what)
        if code is None:
            return None
        option = meant(play.seed, code, play.decisions[code]["options"], self.option)
        return option and f"{code}={option}"

    def _wait(self, play: Play, player: str | None) -> str | None:
        if self.what == "end":
            return f"wait {play.scenario['length']}"
        if self.what == "event":
            return f"wait {next_event(play, player)}"
        if self.what.isdecimal() and 1 <= int(self.what[:4]) <= LONGEST_WAIT:
            return f"wait {play.now + int(self.what[:4])}"
        return None
