"""Keeps the children running: started in order, started again when they die, stopped in reverse."""

import time

from ipd.config.embedded.interrupts import Interrupts
from ipd.config.embedded.processes import Child
from ipd.config.embedded.refusals import CannotStart
from ipd.config.embedded.terminal import say

SLOWEST_RETRY = 10.0
STEADY = 30.0


class Supervised:
    """One child with its restarts."""

    def __init__(self, child: Child):
        self.child = child
        self.died_at = 0.0
        self.retry_at = 0.0
        self.delay = 0.0
        self.state = "running"

    def look(self) -> None:
        """One look at the child; never waits."""
        now = time.monotonic()
        if self.state == "waiting":
            if now >= self.retry_at:
                self._start_again()
        elif not self.child.running:
            self._has_died(now)
        elif self.state == "starting" and self.child.ready():
            self.state = "running"
            say(f"{self.child.name} runs again after {now - self.died_at:.1f} s.")

    @property
    def steady(self) -> bool:
        return self.state == "running"

    def _has_died(self, now: float) -> None:
        """Starts a child again at once; one that keeps dying, after ever longer waits."""
        lived_long = now - self.retry_at > STEADY
        self.delay = 0.0 if lived_long else min(max(0.5, self.delay * 2), SLOWEST_RETRY)
        if self.state == "running":
            self.died_at = now
        again = f"starting it again in {self.delay:.1f} s" if self.delay else "starting it again"
        say(f"{self.child.name} ended ({self.child.ending}); {again}.")
        self.state, self.retry_at = "waiting", now + self.delay

    def _start_again(self) -> None:
        try:
            self.child.sweep()
            self.child.start()
            self.state = "starting"
        except CannotStart as refusal:
            self.delay = SLOWEST_RETRY
            self.retry_at = time.monotonic() + self.delay
            say(f"{refusal} Trying again in {self.delay:.0f} s.")


class Supervisor:
    """The children in the order of their start."""

    def __init__(self, interrupts: Interrupts):
        self.interrupts = interrupts
        self.supervised: list[Supervised] = []

    def start(self, child: Child, *, wait: bool = True) -> None:
        """Starts it, and returns when it serves (unless nobody needs to wait for it)."""
        self.supervised.append(Supervised(child))
        child.start()
        if wait:
            child.wait_until_ready(self.interrupts.pause)

    def watch(self) -> None:
        """Until Ctrl-C or SIGTERM."""
        while not self.interrupts.stop_asked:
            for one in self.supervised:
                one.look()
            steady = all(one.steady for one in self.supervised)
            self.interrupts.wait(2.0 if steady else 0.1)

    def stop(self) -> None:
        """The last started goes first, so that nobody loses a server it still talks to."""
        for one in reversed(self.supervised):
            if one.child.running:
                say(f"Stopping {one.child.name} …")
            one.child.stop()
        self.supervised.clear()
