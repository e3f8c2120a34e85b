"""Whom the two native servers run as: PostgreSQL refuses root, and Valkey does not need it.

Only these two change their user. Python itself may lie under root's home, where no other user
could even start it.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from ipd.config.embedded.refusals import CannotStart


@dataclass(frozen=True)
class Account:
    """A user of this machine that owns and runs the native servers."""

    name: str
    uid: int
    gid: int


def server_account(existing: Path | None = None) -> Account | None:
    """The account to change to, or None for an ordinary user, who runs everything.

    existing  data of an earlier start: whoever owns it keeps it, even if the machine has got a
              `postgres` user since.
    """
    if os.geteuid() != 0:
        return None
    if existing and existing.exists() and (owner := existing.stat()).st_uid != 0:
        return Account(_name(owner.st_uid), owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "As root, PostgreSQL needs another user to run as: create one called postgres "
        "(useradd --system postgres), or start as an ordinary user."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def own_folder(path: Path, account: Account | None) -> Path:
    """The folder, made if missing, which its account alone may enter."""
    path.mkdir(parents=True, exist_ok=True)
    if account:
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700)
    return path


def can_reach(path: Path, account: Account) -> bool:
    """Whether the account may pass through every folder above `path`."""
    return all(_may_enter(folder.stat(), account) for folder in path.resolve().parents)


def _may_enter(folder: os.stat_result, account: Account) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)
