"""One child process: started so that it dies with the supervisor, stopped by its own signal."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ipd.config.embedded.interrupts import until
from ipd.config.embedded.privilege import Account
from ipd.config.embedded.refusals import CannotStart

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LOG_LIMIT_BYTES = 10_000_000


def die_with_parent(number: int) -> None:
    """Has the kernel send `number` to this process when the thread that started it is gone."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


@dataclass
class Child:
    """A server of ours; `ready` tells when it serves, `prepare` runs before every start."""

    name: str
    command: list[str]
    folder: Path
    log: Path | int
    environment: dict[str, str] | None = None
    account: Account | None = None
    stop_signal: int = signal.SIGTERM
    patience: float = 10.0
    ready: Callable[[], bool] = lambda: True
    prepare: Callable[[], None] = lambda: None
    # Its standard input, if it reads one.
    source: IO | int = subprocess.DEVNULL
    # Open files the child keeps: a lock it holds for as long as it lives.
    keeps: tuple[int, ...] = ()
    process: subprocess.Popen | None = field(default=None, init=False)

    def start(self) -> None:
        self.prepare()
        parent = os.getpid()
        number = self.stop_signal

        def before_the_program():
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            die_with_parent(number)
            if os.getppid() != parent:
                os._exit(1)

        with contextlib.ExitStack() as files:
            output = self.log
            if isinstance(output, Path):
                output = files.enter_context(open_log(output))
            try:
                self.process = subprocess.Popen(  # noqa: S603
                    self.command,
                    cwd=self.folder,
                    env=self.environment,
                    stdin=self.source,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    # Ctrl-C reaches the supervisor alone; it stops the others in order.
                    start_new_session=True,
                    pass_fds=self.keeps,
                    preexec_fn=before_the_program,
                    **_as(self.account),
                )
            except (OSError, subprocess.SubprocessError) as error:
                raise CannotStart(
                    f"{self.name} cannot be run here ({self.command[0]}: {error}); "
                    "the programs that come with Gatehouse need a Linux with glibc."
                ) from error

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def ending(self) -> str:
        """How it ended, in words, with the last line it wrote."""
        code = self.process.returncode
        words = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        line = last_line(self.log) if isinstance(self.log, Path) and code >= 0 else ""
        return f"{words}: {line}" if line else words

    def wait_until_ready(self, pause, *, seconds: float = 60) -> None:
        """Returns when it serves; refuses when it died or was too slow."""
        until(lambda: not self.running or self.ready(), pause, seconds=seconds)
        if not self.running:
            raise CannotStart(f"{self.name} did not start ({self.ending}); its log: {self.log}")
        if not self.ready():
            raise CannotStart(
                f"{self.name} did not answer within {seconds:.0f} s; its log: {self.log}"
            )

    def stop(self) -> None:
        """Asks it to end, and ends it when it does not; leaves none of its own children."""
        if self.process is None:
            return
        if self.running:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.sweep()

    def sweep(self) -> None:
        """Ends what a dead child left behind in its session."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
            time.sleep(0.05)


def _as(account: Account | None) -> dict:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def open_log(path: Path):
    """Opened for appending, in a new file when the old one has grown large."""
    if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def last_line(path: Path) -> str:
    """The last thing a log says."""
    with contextlib.suppress(OSError):
        lines = path.read_bytes()[-4000:].decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")
    return ""
