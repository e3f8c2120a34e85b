"""Gatehouse's own three processes: the web server, Celery's worker, and beat, its clock."""

import contextlib
import errno
import os
import socket
import sys
from pathlib import Path

from ipd.config.embedded.folders import CHECKOUT, Folders
from ipd.config.embedded.processes import Child
from ipd.config.embedded.refusals import CannotStart

CELERY = ["-m", "celery", "-A", "ipd.config.celery"]


def worker(folders: Folders, environment: dict, keeps: tuple[int, ...]) -> Child:
    """One process with two threads: its work is mails and reminders, which wait and do not count.

    A pool of processes would hold Django a second time and leave its children behind when the
    parent is killed.
    """
    command = [sys.executable, *CELERY, "worker", "--pool=threads", "--concurrency=2"]
    command += ["--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    return Child(
        "Worker",
        command,
        CHECKOUT,
        folders.log("worker"),
        environment,
        patience=20,
        keeps=keeps,
    )


def clock(folders: Folders, environment: dict, keeps: tuple[int, ...]) -> Child:
    """A process of its own: inside the worker (`-B`), a killed one would leave it ticking."""
    command = [sys.executable, *CELERY, "beat", "--loglevel=WARNING", "--pidfile="]
    command += ["--schedule", str(folders.clock / "schedule")]
    return Child("Clock", command, CHECKOUT, folders.log("clock"), environment, keeps=keeps)


def web(folders: Folders, environment: dict, keeps: tuple[int, ...], host: str, port: int) -> Child:
    """One WSGI process with eight threads, ready when it answers a request."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "8", "--no-ws", "--workers-kill-timeout", "5"]
    command += ["--host", host, "--port", str(port), "ipd.config.embedded.web:application"]
    return Child(
        "Web server",
        command,
        CHECKOUT,
        folders.log("web"),
        environment,
        patience=10,
        ready=lambda: _alive(host, port),
        keeps=keeps,
    )


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds it."""
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}  # noqa: S104
    name = shown.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def check_port(host: str, port: int) -> None:
    """Refuses a port that is taken, before anything else is started."""
    if not 0 < port < 65536:
        raise CannotStart(f"There is no port {port}: choose one from 1 to 65535 with --port.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is in use by another program: "
                    "stop that one, or choose another port with --port."
                ) from error
            raise CannotStart(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error


def _alive(host: str, port: int) -> bool:
    """Whether the probe for the living is answered."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    with (
        contextlib.suppress(OSError),
        socket.create_connection((target, port), timeout=2) as client,
    ):
        client.settimeout(10)
        client.sendall(b"GET /-/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
        return client.recv(64).startswith(b"HTTP/1.")
    return False


def environment(folders: Folders, host: str, port: int, servers: dict[str, str]) -> dict[str, str]:
    """What the application's processes read their settings from; what the user has set wins."""
    path = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
    names = {"localhost", "127.0.0.1", "[::1]", socket.gethostname()}
    names.add(f"[{host}]" if ":" in host else host)
    given = {
        "BASE_URL": address(host, port),
        "ALLOWED_HOSTS": ",".join(sorted(names - {"", "0.0.0.0", "[::]"})),  # noqa: S104
        "HASHED_STATIC": "true",
        "STATIC_ROOT": str(folders.data / "static-collected"),
        "MAIL_FOLDER": str(folders.mails),
    }
    if not os.environ.get("SECRET_KEY"):
        servers = {**servers, "SECRET_KEY": folders.secret_key()}
    return {
        **given,
        **os.environ,
        **servers,
        "DATA_DIR": str(folders.data),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "ipd.config.settings"),
        "PYTHONPATH": path,
        "PYTHONUNBUFFERED": "1",
    }


def manage(name: str, *options: str) -> list[str]:
    return [sys.executable, str(Path(CHECKOUT, "manage.py")), name, *options]
