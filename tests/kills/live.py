"""The whole of Gatehouse as it really runs, people who vote in it by HTTP, and what kills it."""

import http.client
import json
import os
import re
import secrets
import shutil
import signal
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

from tests.started import CHECKOUT, PARTS, Up, until

KEY = "a-key-for-the-tests-of-kills-that-is-longer-than-fifty-characters"
CSRF = secrets.token_hex(16)


class Live(Up):
    """One `up` on data of its own, with people seated in it."""

    def __init__(self, *, demonstration: bool = False):
        place = Path(tempfile.mkdtemp(prefix="gatehouse-kills-"))
        place.chmod(0o755)
        super().__init__(place / "data", *([] if demonstration else ["--empty"]), SECRET_KEY=KEY)

    @property
    def database(self) -> str:
        return f"postgresql://gatehouse@/gatehouse?host={quote(str(self.data / 'run'))}"

    @property
    def mails(self) -> list[str]:
        """The Message-ID of every mail that went out."""
        found = []
        for path in (self.data / "mails").glob("*.log"):
            found += re.findall(r"^Message-ID: (\S+)", path.read_text(), re.M | re.I)
        return found

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

    def kill(self, part: str) -> None:
        """kill -9, of PostgreSQL all of its processes."""
        # A part that fell with the one killed before (the worker with its broker) may be on its
        # way back just now.
        until(lambda: self.pid(part), 30)
        pid = self.pid(part)
        assert pid, f"{part} does not run"
        if part in {"PostgreSQL", "Web server"}:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)

    def is_whole(self) -> bool:
        """Whether all parts run and it answers."""
        return all(map(self.pid, PARTS)) and self.answers()

    def end(self) -> None:
        self.close()
        shutil.rmtree(self.data.parent, ignore_errors=True)


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
