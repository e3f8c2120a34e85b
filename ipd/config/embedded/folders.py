"""The data folder: where it is, who holds it, and what is kept in it."""

import fcntl
import hashlib
import os
import re
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ipd.config.embedded.interrupts import until
from ipd.config.embedded.privilege import Account, own_folder
from ipd.config.embedded.refusals import CannotStart

CHECKOUT = Path(__file__).resolve().parents[3]
# The kernel takes 107 bytes for a socket's path; PostgreSQL's name there has 14.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")

# PostgreSQL takes a comma for the end of a path; in an address other signs would need escapes.
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


def default_data() -> Path:
    """`.data` of the checkout; as root a folder of this checkout that other users can reach."""
    if named := os.environ.get("DATA_DIR"):
        return Path(named)
    if os.geteuid() == 0:
        mark = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:8]
        return Path(f"/var/lib/gatehouse-{mark}")
    return CHECKOUT / ".data"


@dataclass(frozen=True)
class Folders:
    """What lies where in one data folder."""

    data: Path

    @property
    def cluster(self) -> Path:
        return self.data / "postgresql"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def programs(self) -> Path:
        return self.data / "programs"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def clock(self) -> Path:
        return self.data / "clock"

    @property
    def mails(self) -> Path:
        return self.data / "mails"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def make(self) -> None:
        """Makes the folder; as root others may pass through it, to what is theirs, not list it."""
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            for private in (self.logs, self.clock, self.mails, self.data / "files"):
                private.mkdir(mode=0o700, exist_ok=True)
            self.data.chmod(0o711 if os.geteuid() == 0 else 0o700)
            with tempfile.TemporaryFile(dir=self.data):
                pass
        except OSError as error:
            raise CannotStart(
                f"The folder {self.data} cannot be written ({error.strerror}): "
                "choose another one with --data."
            ) from error

    def secret_key(self) -> str:
        """Made once: sessions outlive a restart."""
        path = self.data / "secret-key"
        if not path.exists() or not path.read_text().strip():
            new = path.with_name("secret-key.new")
            new.unlink(missing_ok=True)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
                file.flush()
                os.fsync(file.fileno())
            new.rename(path)
        return path.read_text().strip()

    def began_empty(self) -> bool | None:
        """Whether the first start left the demonstration company out; None before it."""
        path = self.data / "company"
        return path.read_text().strip() == "empty" if path.exists() else None

    def remember(self, *, empty: bool) -> None:
        (self.data / "company").write_text("empty\n" if empty else "demonstration\n")

    def sockets(self, account: Account | None) -> Path:
        """The folder of the servers' sockets, closed to all but their account (and root).

        In the data folder where the path is short and plain enough for a socket, else in a
        runtime folder named after it.
        """
        here = self.data / "run"
        if len(os.fsencode(here)) <= LONGEST_SOCKET_FOLDER and PLAIN.fullmatch(str(here)):
            return own_folder(here, account)
        owner = account.uid if account else os.geteuid()
        mark = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        if account or not base.is_dir() or len(os.fsencode(base)) > 60:
            base = Path("/tmp")  # noqa: S108 (its name is checked to be a folder of ours)
        path = base / f"gatehouse-{owner}-{mark}"
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
            raise CannotStart(f"The folder {path} belongs to somebody else: remove it first.")
        return own_folder(path, account)


class Hold:
    """Two locks: one only a running `up` has, one all its servers keep until the last has ended.

    The kernel lets go of them by itself, however a process dies; nothing to tidy up after a crash.
    """

    def __init__(self, folders: Folders):
        self.data = folders.data
        self._supervisor = os.open(folders.data / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
        self.servers = os.open(folders.data / "servers.lock", os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, address: str, pause, tell) -> None:
        """Refuses when another `up` runs on this data; waits for a dead one's servers to end."""
        if not _lock(self._supervisor):
            where = os.pread(self._supervisor, 200, 0).decode().strip()
            raise CannotStart(
                f"Gatehouse already runs on the data in {self.data}"
                f"{f' ({where})' if where else ''}: stop that one, or choose another folder "
                "with --data."
            )
        os.ftruncate(self._supervisor, 0)
        os.pwrite(self._supervisor, f"process {os.getpid()}, {address}\n".encode(), 0)
        if _lock(self.servers):
            return
        tell("The servers of the last start are still ending; waiting for them.")
        if not until(lambda: _lock(self.servers), pause, seconds=60, every=0.2):
            raise CannotStart(
                f"Servers of an earlier start still use {self.data}: "
                "end them (postgres, valkey-server, python) and start again."
            )

    def release(self) -> None:
        os.ftruncate(self._supervisor, 0)
        os.close(self.servers)
        os.close(self._supervisor)


def _lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
