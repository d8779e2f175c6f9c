"""The user that runs a server: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from consultazione.embedded.errors import CannotStart

ROOT_UID = 0
CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


@dataclass(frozen=True)
class Account:
    """An unprivileged user as whom root starts a server."""

    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        """Give a file or a directory to this account."""
        os.chown(path, self.uid, self.gid)

    def can_enter(self, path: Path) -> bool:
        """True if every directory above `path` lets this account pass."""
        return all(self._may_pass(parent.stat()) for parent in path.resolve().parents)

    def _may_pass(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        return bool(status.st_mode & stat.S_IXOTH)


def account_for(directory: Path) -> Account | None:
    """The account to run a server over `directory` as; None for the current user.

    Root uses the owner of the data, or ``nobody`` if there is none yet. Raises CannotStart if
    the data belongs to another user and we are not root.
    """
    owner = directory.stat() if directory.exists() else None
    if os.geteuid() != ROOT_UID:
        if owner and owner.st_uid != os.geteuid():
            raise CannotStart(
                f"{directory} belongs to user {_name(owner.st_uid)}: start as that user or as root."
            )
        return None
    if owner and owner.st_uid != ROOT_UID:
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def passage_capability() -> str | None:
    """The least of our capabilities that lets a server pass closed parent directories.

    None if we have no such capability. This avoids chmod on a private directory above a
    checkout, such as /root.
    """
    held = _permitted_capabilities()
    return next((name for name, bit in CAPABILITIES.items() if held >> bit & 1), None)


def _permitted_capabilities() -> int:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in lines if line.startswith("CapPrm:")), 0)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
