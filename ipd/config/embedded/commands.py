"""Runs one of Django's commands as a step of the start, and passes on what it says."""

import contextlib
import os

from ipd.config.embedded import application
from ipd.config.embedded.folders import CHECKOUT
from ipd.config.embedded.processes import Child
from ipd.config.embedded.refusals import CannotStart
from ipd.config.embedded.terminal import say

# What `migrate` and `collectstatic` say about themselves rather than about the data.
CHATTER = ("Operations to perform:", "Apply all migrations:", "Running migrations:")


def run(name: str, options: tuple[str, ...], environment: dict, keeps, pause) -> None:
    """Returns when the command has succeeded; refuses with its last line when it has not."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    child = Child(
        f"manage.py {name}",
        application.manage(name, *options),
        CHECKOUT,
        writing,
        environment,
        keeps=keeps,
    )
    lines = Lines()
    try:
        with open(writing, "wb"):  # closed here once the child has its own
            child.start()
        while child.running:
            pause(0.05)
            lines.feed(read(reading))
        lines.feed(read(reading))
        lines.feed(b"\n")
    finally:
        child.stop()
        os.close(reading)
    if child.process.returncode:
        raise CannotStart(f"{child.name} failed: {lines.last or child.ending}")


def read(file: int) -> bytes:
    """What lies in the pipe now."""
    found = b""
    with contextlib.suppress(BlockingIOError):
        while part := os.read(file, 65536):
            found += part
    return found


class Lines:
    """Prints whole lines, indented under their step, and remembers the last."""

    def __init__(self):
        self.rest, self.last = b"", ""

    def feed(self, found: bytes) -> None:
        *whole, self.rest = (self.rest + found).split(b"\n")
        for line in whole:
            text = line.decode(errors="replace").rstrip()
            if text and not text.strip().startswith(CHATTER):
                self.last = text.strip()
                say(f"      {text.removeprefix('  ')}")
