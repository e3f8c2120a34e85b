"""What `up` says: numbered steps with their time, then lines about what happens."""

import contextlib
import sys
import time


def say(text: str = "") -> None:
    """A line for the user; a terminal that has gone away is no reason to stop."""
    with contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def complain(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


class Steps:
    """Counts the steps of a start; a step says how it ended and how long it took."""

    def __init__(self, total: int):
        self.total, self.number = total, 0

    @contextlib.contextmanager
    def step(self, name: str, what: str):
        self.number += 1
        began = time.monotonic()
        say(f"[{self.number}/{self.total}] {name}: {what} …")
        yield
        say(f"      done in {time.monotonic() - began:.1f} s")

    def said(self, name: str, what: str) -> None:
        """A step with nothing to do."""
        self.number += 1
        say(f"[{self.number}/{self.total}] {name}: {what}")
