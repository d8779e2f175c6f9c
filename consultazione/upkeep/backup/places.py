"""What lies where in a directory of backups.

bases/<moment>/backup.json, base/   each whole by itself
wal/<moment>/                       the write-ahead log since then, without a gap
files/uploads/..., files/mail/...   what lies beside the database, once each
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from consultazione.embedded.paths import DirectoryLock
from consultazione.upkeep.backup.manifest import NAME, Manifest
from consultazione.upkeep.errors import Refused

BASE = "base"
_DRAFT = ".draft"


@dataclass(frozen=True)
class Base:
    """A backup of the database that is whole, and what it says of itself."""

    folder: Path
    manifest: Manifest

    @property
    def data(self) -> Path:
        """The data directory of PostgreSQL in it."""
        return self.folder / BASE


@dataclass(frozen=True)
class Backups:
    """A directory of backups."""

    directory: Path

    @property
    def files(self) -> Path:
        """Where the files lie."""
        return self.directory / "files"

    @property
    def drafts(self) -> Path:
        """Where a base is made, until it is whole."""
        return self.directory / _DRAFT

    def make(self) -> None:
        """Make the directory, closed to others; Refused if it cannot be used."""
        for folder in (self.directory, self._bases, self._wal, self.files):
            private(folder)

    def lock(self, what: str) -> DirectoryLock:
        """A lock that one process at a time has, for taking a base or for following."""
        return DirectoryLock(self.directory / f"{what}.lock")

    def bases(self) -> list[Base]:
        """The bases, the oldest first; Refused if one of them is damaged."""
        folders = sorted(path.parent for path in self._bases.glob(f"*/{NAME}"))
        return [Base(folder, Manifest.read(folder)) for folder in folders]

    def new_base(self, moment: datetime) -> Path:
        """The folder that a base gets once it is whole."""
        return self._bases / _named(moment)

    def wal(self, name: str) -> Path:
        """A folder of the write-ahead log."""
        return self._wal / name

    def wals(self) -> list[Path]:
        """The folders of the write-ahead log, the oldest first."""
        return sorted(path for path in self._wal.glob("*") if path.is_dir())

    def new_wal(self, moment: datetime) -> Path:
        """Make a folder for a write-ahead log that does not continue the one before."""
        return private(self._wal / _named(moment))

    @property
    def _bases(self) -> Path:
        return self.directory / "bases"

    @property
    def _wal(self) -> Path:
        return self.directory / "wal"


def private(folder: Path) -> Path:
    """Make a folder that nobody else can enter, and return it; Refused if it cannot be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise Refused(f"{folder} cannot be used ({error.strerror}): choose another.") from None
    return folder


def refuse_within(place: Path, others: dict[str, Path], why: str) -> None:
    """Refused if a place is one of some others, lies in it, or has it inside."""
    own = place.resolve()
    for name, other in others.items():
        there = other.resolve()
        if own.is_relative_to(there) or there.is_relative_to(own):
            raise Refused(f"{place} and {name} ({other}) are one in the other: {why}")


def _named(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H-%M-%S.%fZ")
