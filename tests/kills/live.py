"""The whole of Gatehouse as it really runs, people who vote in it by HTTP, and what kills it."""

import contextlib
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

CHECKOUT = Path(__file__).resolve().parents[2]
# How a part's process is told from the others.
PARTS = {
    "web": "granian",
    "clock": " beat ",
    "worker": " worker ",
    "valkey": "valkey-server",
    "postgresql": "bin/postgres",
}
KEY = "a-key-for-the-tests-of-kills-that-is-longer-than-fifty-characters"
CSRF = secrets.token_hex(16)


class Live:
    """One `up` in a process of its own, on data of its own, with people seated in it."""

    def __init__(self, *, demonstration: bool = False):
        self.data = Path(tempfile.mkdtemp(prefix="gatehouse-kills-"))
        self.data.chmod(0o755)
        self.port = _free_port()
        self.log = (self.data / "up.log").open("w+")
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "BROKER_URL", "CACHE_URL", "DATA_DIR", "DEBUG"}
        } | {"SECRET_KEY": KEY}
        command = [sys.executable, "manage.py", "up", *([] if demonstration else ["--empty"])]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--data", str(self.data / "data")],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    @property
    def said(self) -> str:
        return (self.data / "up.log").read_text()

    @property
    def database(self) -> str:
        return f"postgresql://gatehouse@/gatehouse?host={quote(str(self.data / 'data' / 'run'))}"

    @property
    def mails(self) -> list[str]:
        """The Message-ID of every mail that went out."""
        found = []
        for path in (self.data / "data" / "mails").glob("*.log"):
            found += re.findall(r"^Message-ID: (\S+)", path.read_text(), re.M | re.I)
        return found

    def wait(self) -> None:
        until(lambda: "is ready" in self.said or self.process.poll() is not None, 120)
        assert self.process.poll() is None, self.said

    def run(self, module: str, *arguments: str) -> dict:
        """What a module of the tests prints as JSON, run on this database."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=CHECKOUT,
            env=self.environment
            | {"DATABASE_URL": self.database, "DJANGO_SETTINGS_MODULE": "ipd.config.settings"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def rows(self, query: str, *values) -> list[tuple]:
        with psycopg.connect(self.database, connect_timeout=5) as connection:
            return connection.execute(query, values).fetchall()

    def pid(self, part: str) -> int | None:
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with contextlib.suppress(OSError, IndexError):
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    if PARTS[part] in words and parent == self.process.pid:
                        return int(entry.name)
        return None

    def kill(self, part: str) -> None:
        """kill -9, of PostgreSQL all of its processes."""
        # A part that fell with the one killed before (the worker with its broker) may be on its
        # way back just now.
        until(lambda: self.pid(part), 30)
        pid = self.pid(part)
        assert pid, f"{part} does not run"
        if part in {"postgresql", "web"}:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)

    def is_whole(self) -> bool:
        """Whether all parts run and it answers."""
        return all(map(self.pid, PARTS)) and self.ready()

    def ready(self) -> bool:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as link,
        ):
            link.request("GET", "/-/ready")
            return link.getresponse().status == 200
        return False

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        self.process.kill()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)


@dataclass
class Browser:
    """A person signed in, who sends forms and tries again with the same key until answered."""

    port: int
    session: str
    answers: list[int] = field(default_factory=list)

    def send(self, method: str, path: str, fields: dict | None = None):
        """Status and where it leads to; None when the connection broke."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **(fields or {})}) if fields else None
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://localhost:{self.port}",
            "Host": f"localhost:{self.port}",
        }
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as link:
                link.request(method, path, body, headers)
                answer = link.getresponse()
                answer.read()
            self.answers.append(answer.status)
            return answer.status, answer.getheader("Location")
        except (OSError, http.client.HTTPException):
            return None

    def post(self, path: str, fields: dict, *, key: str = "", seconds: float = 60):
        """The first answer that is one, however often it takes; the key stays the same."""
        fields = {**fields, "key": key or str(uuid.uuid4())}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = self.send("POST", path, fields)
            if answer and answer[0] < 500:
                return answer
            time.sleep(0.1)
        raise TimeoutError(f"{path} was not answered within {seconds:.0f} s")


def until(condition, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def together(jobs) -> list:
    """Runs the jobs at once in threads; their results in order, or what they raised."""
    results: list = [None] * len(jobs)

    def run(number, job):
        try:
            results[number] = job()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
