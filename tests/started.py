"""One `up` in a process of its own: how it is started, what it says, and what its parts are."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from functools import partial
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SERVERS = {"DATABASE_URL", "BROKER_URL", "CACHE_URL", "SECRET_KEY", "DATA_DIR", "DEBUG"}
# How a part's process is told from the others; in the order in which they are stopped.
PARTS = {
    "Web server": "granian",
    "Clock": " beat ",
    "Worker": " worker ",
    "Valkey": "valkey-server",
    "PostgreSQL": "bin/postgres",
}


class Up:
    """A running `manage.py up` on a data folder, with all it has said."""

    def __init__(self, data: Path, *options, **environment: str):
        self.data, self.port = data, free_port()
        self.said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.environment = {
            name: value for name, value in os.environ.items() if name not in SERVERS
        } | environment
        command = [sys.executable, "manage.py", "up", "--port", self.port, "--data", data]
        self.process = subprocess.Popen(
            [*map(str, command), *map(str, options)],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=self.said,
            stderr=subprocess.STDOUT,
            # A run in the background may have been told to ignore Ctrl-C.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )

    @property
    def text(self) -> str:
        return os.pread(self.said.fileno(), 1_000_000, 0).decode()

    def ready(self, seconds: float = 240):
        """Itself, once it says that it is."""
        heard = until(lambda: self.process.poll() is not None or "is ready" in self.text, seconds)
        assert heard, self.text
        assert self.process.poll() is None, self.text
        return self

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            url = f"http://127.0.0.1:{self.port}/-/ready"
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status == 200
        return False

    def pid(self, part: str) -> int | None:
        """The process of one part, as a child of the supervisor."""
        for pid, words in processes():
            if PARTS[part] in words and parent(pid) == self.process.pid:
                return pid
        return None

    def ended(self, seconds: float = 30) -> int:
        return self.process.wait(seconds)

    def stop(self, number=signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.ended()

    def close(self) -> None:
        """Stop it in whatever state it is."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
        self.process.kill()
        self.process.wait()
        self.said.close()


def processes():
    """Process numbers with their command lines."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield int(entry.name), words


def parent(pid: int) -> int | None:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return None


def until(condition, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
