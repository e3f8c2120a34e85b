"""PostgreSQL 18: made once, started on a socket only, and started again after any death."""

import contextlib
import locale
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from urllib.parse import quote

from ipd.config.embedded.interrupts import until
from ipd.config.embedded.privilege import Account, own_folder
from ipd.config.embedded.processes import Child, last_line
from ipd.config.embedded.programs import Programs
from ipd.config.embedded.refusals import CannotStart

MAJOR = "18"
NAME = "gatehouse"
ESSENTIAL = ("PG_VERSION", "global/pg_control", "postgresql.conf", "pg_wal", "base")
# Modest memory for a company's few hundred people on one machine; nothing here trades safety.
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "60",
    "io_method": "sync",
    "min_wal_size": "64MB",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "unix_socket_permissions": "0700",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def url(sockets: Path) -> str:
    """The DATABASE_URL of the server with its socket in that folder."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(sockets), safe='/')}"


def check(cluster: Path) -> None:
    """Refuses a folder that PostgreSQL could not start on, or only by losing data."""
    if not cluster.exists():
        return
    missing = [name for name in ESSENTIAL if not (cluster / name).exists()]
    if missing:
        raise CannotStart(
            f"The database folder {cluster} is broken or only half made ({missing[0]} is missing): "
            "restore it from a backup, or move it away to start with an empty one."
        )
    version = (cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise CannotStart(
            f"The database folder {cluster} is of PostgreSQL {version}, this is {MAJOR}: "
            "bring the data over with pg_dump and pg_restore."
        )
    owner = os.geteuid() or cluster.stat().st_uid
    if cluster.stat().st_uid != owner or owner == 0:
        raise CannotStart(
            f"The database folder {cluster} belongs to another user: "
            "start as that user, or choose another folder with --data."
        )


def initialise(cluster: Path, programs: Programs, account: Account | None, log: Path, pause):
    """Makes the cluster and its database in a folder beside, and only then calls it by its name.

    A start that is interrupted here leaves no half-made cluster behind.
    """
    unfinished = cluster.with_name("postgresql.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    own_folder(unfinished, account)
    command = [str(programs.initdb), "-D", str(unfinished), "-U", NAME, "--auth=trust"]
    command += ["--encoding=UTF8", "--data-checksums", "--no-instructions", "--no-sync"]
    # Order and case by PostgreSQL's own tables, the same on every machine.
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command += [f"--lc-ctype={_ctype()}"]
    _to_the_end(Child("initdb", command, unfinished, log, account=account), pause)
    statement = unfinished / "create.sql"
    statement.write_text(f"CREATE DATABASE {NAME};\n")
    statement.chmod(0o644)
    single = [str(programs.postgres), "--single", "-D", str(unfinished), "postgres"]
    with statement.open() as source:
        _to_the_end(
            Child("CREATE DATABASE", single, unfinished, log, account=account, source=source), pause
        )
    statement.unlink()
    os.sync()
    unfinished.rename(cluster)


def _to_the_end(child: Child, pause) -> None:
    try:
        child.start()
        until(lambda: not child.running, pause, seconds=120, every=0.02)
        if child.running or child.process.returncode:
            raise CannotStart(
                f"The database could not be made ({last_line(child.log)}); its log: {child.log}"
            )
    finally:
        child.stop()


def _ctype() -> str:
    """C.UTF-8 where the C library has it, so that text search folds ä and Ä to one word."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def server(
    cluster: Path,
    sockets: Path,
    programs: Programs,
    account: Account | None,
    log: Path,
    *,
    keeps: tuple[int, ...] = (),
    durable: bool = True,
) -> Child:
    """The postmaster itself: SIGINT is its fast stop, which does not wait for clients to leave."""
    settings = {**SETTINGS, **(DURABLE if durable else FORGETFUL)}
    command = [str(programs.postgres), "-D", str(cluster), "-h", "", "-k", str(sockets)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    child = Child(
        "PostgreSQL",
        command,
        cluster,
        log,
        account=account,
        stop_signal=signal.SIGINT,
        patience=60,
        prepare=lambda: clear(cluster),
        keeps=keeps,
    )
    child.ready = lambda: _says_ready(cluster, child.process.pid)
    return child


def _says_ready(cluster: Path, pid: int) -> bool:
    """What pg_ctl looks at: the postmaster writes its state into the last line of its pid file."""
    with contextlib.suppress(OSError):
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"
    return False


def clear(cluster: Path) -> None:
    """After a killed postmaster: waits for its children, then removes its stale pid file.

    They leave by themselves, one that is busy only after its statement; since nobody can hear its
    answer any more, it is ended. A stale pid file would keep PostgreSQL from starting once its
    number is in use again, which in a container is soon.
    """
    if sys.platform != "linux":
        return
    if _postmaster(cluster) in _at_work(cluster):
        raise CannotStart(f"Another PostgreSQL runs on {cluster}: stop it with pg_ctl first.")
    if not until(lambda: not _at_work(cluster), time.sleep, seconds=3):
        for pid in _at_work(cluster):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: not _at_work(cluster), time.sleep, seconds=5)
    if not _at_work(cluster):
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def _postmaster(cluster: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((cluster / "postmaster.pid").read_text().splitlines()[0])
    return None


def _at_work(cluster: Path) -> list[int]:
    """Processes that stand in the cluster's folder, as all of PostgreSQL's do."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                program = (entry / "exe").readlink().name
                if (entry / "cwd").readlink() == cluster and program.startswith("postgres"):
                    found.append(int(entry.name))
    return found
