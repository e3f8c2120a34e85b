"""`manage.py up` as a user meets it: real processes, real signals, on folders of its own."""

import contextlib
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.started import PARTS, Up, parent, processes, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def left(data):
    """Processes that still have to do with this data folder."""
    found = []
    for pid, words in processes():
        with contextlib.suppress(OSError):
            about = words + os.readlink(f"/proc/{pid}/cwd")
            about += Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
            if f"{data}" in about and pid != os.getpid():
                found.append((pid, words))
    return found


@pytest.fixture(scope="module")
def place():
    """Not under pytest's own folder: as root, PostgreSQL's user could not reach it there."""
    path = Path(tempfile.mkdtemp(prefix="gatehouse-up-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def up(place):
    """Starts an `up`, and sees to it that none outlives its test."""
    started = []

    def start(data, *options):
        started.append(Up(place / data, "--empty", *options))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="module")
def running(place):
    """One that is up; tests that use it leave it running."""
    one = Up(place / "running", "--empty")
    try:
        yield one.ready()
    finally:
        one.close()


def test_it_starts_stops_in_order_and_goes_on_with_the_same_data(up, place):
    first = up("stopped").ready()
    assert first.answers()
    assert (place / "stopped" / "secret-key").stat().st_mode & 0o777 == 0o600
    key = (place / "stopped" / "secret-key").read_text()
    assert first.stop(signal.SIGINT) == 0
    assert re.findall(r"Stopping ([A-Z][A-Za-z ]+) …", first.text) == list(PARTS)
    assert left(place / "stopped") == []

    second = up("stopped").ready()
    assert "of its own" in first.text
    assert "of its own" not in second.text
    assert second.stop(signal.SIGTERM) == 0
    assert (place / "stopped" / "secret-key").read_text() == key


@pytest.mark.parametrize("seconds", [0.2, 0.4, 0.6, 0.8, 1.5])
def test_a_stop_during_the_first_seconds_leaves_nothing_half_done(up, place, seconds):
    one = up(f"early-{seconds}")
    time.sleep(seconds)
    assert one.stop() in {0, 130, -signal.SIGINT}
    assert left(place / f"early-{seconds}") == []
    assert "Traceback" not in one.text


def test_a_second_up_on_the_same_data_is_refused(running, up):
    second = up("running")
    assert second.ended() == 1
    assert "already runs on the data in" in second.text
    assert running.answers()


def test_a_port_in_use_is_named(running, up):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one = up("port", "--port", port)
        assert one.ended() == 1
    assert f"Port {port} is in use" in one.text
    assert "Traceback" not in one.text


def test_a_folder_that_cannot_be_written_is_named(up):
    one = up("/proc/gatehouse")
    assert one.ended() == 1
    assert "The folder /proc/gatehouse cannot be written" in one.text
    assert "Traceback" not in one.text


def test_a_half_made_database_is_named_and_left_alone(up, place):
    cluster = place / "broken" / "postgresql"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("18\n")
    one = up("broken")
    assert one.ended() == 1
    assert "is broken or only half made (global/pg_control is missing)" in one.text
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


@pytest.mark.kills
@pytest.mark.parametrize("part", list(PARTS))
def test_a_killed_part_comes_back_alone(running, part):
    before = running.pid(part)
    said = running.text.count(f"{part} runs again")
    os.kill(before, signal.SIGKILL)
    assert until(lambda: running.text.count(f"{part} runs again") > said), running.text
    assert f"{part} ended (killed by signal 9); starting it again." in running.text
    assert running.pid(part) not in {None, before}
    assert until(running.answers, 20)


@pytest.mark.kills
def test_a_killed_request_process_comes_back_with_its_server(running):
    said = running.text.count("Web server runs again")
    server = running.pid("Web server")
    answering = next(pid for pid, _ in processes() if parent(pid) == server)
    os.kill(answering, signal.SIGKILL)
    assert until(lambda: running.text.count("Web server runs again") > said), running.text
    assert until(running.answers, 20)


@pytest.mark.kills
def test_a_killed_supervisor_leaves_nothing_and_the_next_start_recovers(up, place):
    data = place / "orphaned"
    first = up("orphaned")
    assert until((data / "postgresql.unfinished" / "base").exists), first.text
    first.process.kill()
    first.ended()
    second = up("orphaned").ready()
    second.process.kill()
    second.ended()
    third = up("orphaned").ready()
    assert third.answers()
    assert third.stop() == 0
    assert left(data) == []
