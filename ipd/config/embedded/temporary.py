"""A PostgreSQL and a Valkey for the length of a `with`: what the tests run on."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ipd.config.embedded import postgres, valkey
from ipd.config.embedded.folders import Folders
from ipd.config.embedded.privilege import server_account
from ipd.config.embedded.processes import Child
from ipd.config.embedded.programs import programs


@contextlib.contextmanager
def database(folder: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a running PostgreSQL; quick rather than safe unless `durable`.

    folder   keeps the data; without one it lies in a temporary folder, which as root has to be
             reachable by the user PostgreSQL runs as (pytest's own `tmp_path` is not).
    """
    with _folders(folder) as folders:
        account = server_account(folders.cluster)
        found = programs(account, folders.programs)
        sockets, log = folders.sockets(account), folders.log("postgresql")
        postgres.check(folders.cluster)
        if not folders.cluster.exists():
            postgres.initialise(folders.cluster, found, account, log, time.sleep)
        server = postgres.server(folders.cluster, sockets, found, account, log, durable=durable)
        with _running(server):
            yield postgres.url(sockets)


@contextlib.contextmanager
def broker(folder: Path | None = None) -> Iterator[str]:
    """The BROKER_URL of a running Valkey; its second database is free for a cache."""
    with _folders(folder) as folders:
        account = server_account(folders.valkey)
        found = programs(account, folders.programs)
        sockets, log = folders.sockets(account), folders.log("valkey")
        with _running(valkey.server(folders.valkey, sockets, found, account, log)):
            yield valkey.broker_url(sockets)


@contextlib.contextmanager
def _folders(folder: Path | None) -> Iterator[Folders]:
    place = folder or Path(tempfile.mkdtemp(prefix="gatehouse-"))
    folders = Folders(place.absolute())
    folders.make()
    try:
        yield folders
    finally:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def _running(child: Child) -> Iterator[Child]:
    try:
        child.start()
        child.wait_until_ready(time.sleep, seconds=30)
        yield child
    finally:
        child.stop()
