"""The words of a play: what happened in it, what was taken, why a move is not possible; luck."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

type Table = Mapping[str, Any]


class Why(StrEnum):
    """Why a move is not possible."""

    UNKNOWN = "unknown"
    BUSY = "busy"
    DONE = "done"
    NOT_OPEN = "not_open"
    NO_TIME = "no_time"
    NOT_YOURS = "not_yours"


class Impossible(Exception):
    """A move that is not possible now; the play is as it was."""

    def __init__(self, why: Why):
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Entry:
    """One line of the log: at `minute`, `kind` (inject, chance, action, decision, default, share,
    take) with its `code`; `player` is whose act it was, `choice` the option that was taken."""

    minute: int
    kind: str
    code: str
    player: str = ""
    choice: str = ""
    happened: bool = True


@dataclass(frozen=True)
class Taken:
    """The option a decision was taken with, when and by whom, or by nobody (`by_default`)."""

    option: Table
    at: int
    player: str
    by_default: bool = False


def luck(seed: int, scenario: str, chance: str) -> float:
    """Between 0 and 1, the same for the same seed, scenario and chance.

    >>> round(luck(1, "S-OUTAGE", "CH1"), 4) == round(luck(1, "S-OUTAGE", "CH1"), 4)
    True
    """
    digest = hashlib.sha256(f"{seed}:{scenario}:{chance}".encode()).hexdigest()
    return int(digest[:16], 16) / 16**16
