"""Valkey: Celery's broker and the shared cache, on a socket only."""

import contextlib
import socket
from pathlib import Path

from ipd.config.embedded.privilege import Account, own_folder
from ipd.config.embedded.processes import Child
from ipd.config.embedded.programs import Programs

SOCKET = "valkey.sock"


def broker_url(sockets: Path) -> str:
    return f"redis+socket://{sockets / SOCKET}?virtual_host=0"


def cache_url(sockets: Path) -> str:
    return f"unix://{sockets / SOCKET}?db=1"


def server(
    folder: Path,
    sockets: Path,
    programs: Programs,
    account: Account | None,
    log: Path,
    *,
    keeps: tuple[int, ...] = (),
) -> Child:
    """Every message is with the kernel before it is acknowledged, so kill -9 loses none.

    Full memory pushes out cached answers (they expire anyway), never a message.
    """
    own_folder(folder, account)
    path = sockets / SOCKET
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "databases": "2",
        "maxmemory": "64mb",
        "maxmemory-policy": "volatile-lru",
        "daemonize": "no",
    }
    command = [str(programs.valkey)]
    for name, value in options.items():
        command += [f"--{name}", value]

    return Child(
        "Valkey",
        command,
        folder,
        log,
        account=account,
        patience=10,
        ready=lambda: _answers(path),
        prepare=lambda: path.unlink(missing_ok=True),
        keeps=keeps,
    )


def _answers(path: Path) -> bool:
    """Whether it answers PING, which it does not while it reads its log."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        client.connect(str(path))
        client.sendall(b"PING\r\n")
        return client.recv(64).startswith(b"+PONG")
    return False
