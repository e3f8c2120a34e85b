"""Ctrl-C, SIGTERM and the death of a child, noticed by a supervisor without threads.

One thread only: a child's "die with your parent" is bound to the thread that started it.
"""

import contextlib
import os
import select
import signal
import time

from ipd.config.embedded.refusals import StopAsked

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Notes a wish to stop at any moment; waiting ends at once when something happened."""

    def __init__(self):
        self.stop_asked = False
        self._bell, ringer = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(ringer, False)
        signal.set_wakeup_fd(ringer, warn_on_full_buffer=False)
        for number in STOPPING:
            if number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
                continue  # started under nohup: the terminal's end is not ours
            signal.signal(number, self._note)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        # `manage.py up` held them back until somebody listens.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)

    def _note(self, number, frame):
        self.stop_asked = True

    def wait(self, seconds: float) -> None:
        """Until a signal comes, at most `seconds`."""
        select.select([self._bell], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            os.read(self._bell, 4096)

    def pause(self, seconds: float) -> None:
        """Like `wait`, but a wish to stop ends whatever is being waited for."""
        if not self.stop_asked:
            self.wait(seconds)
        if self.stop_asked:
            raise StopAsked


def until(condition, pause, *, seconds: float, every: float = 0.05) -> bool:
    """Whether the condition came true within `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        pause(every)
    return True
