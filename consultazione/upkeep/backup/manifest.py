"""What a backup says of itself: where it begins, what it holds, and the digests of all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Self

from consultazione.core import clock
from consultazione.core.canonical import canonical_json
from consultazione.core.durable import replace_durably
from consultazione.upkeep.errors import Refused

NAME = "backup.json"
_FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One backup.

    version: of the product; server: the major version of PostgreSQL. system: the number that
    a cluster has for itself alone. text_keys: the id of the keys of its texts. began, ended:
    when its base was begun and whole; it leads to no moment before the latter. wal: the folder
    in which the write-ahead log goes on after it; None if nobody keeps that. first_segment: the
    segment of it that the base needs first. entries, last: the log, when it was begun. base:
    the digest of PostgreSQL's own manifest. files: size and digest of each uploaded file.
    """

    version: str
    server: str
    system: str
    text_keys: str
    began: datetime
    ended: datetime
    wal: str | None
    first_segment: str
    entries: int
    last: datetime | None
    base: str
    files: dict[str, int]

    def write(self, folder: Path) -> None:
        """Write it as the last file of a backup."""
        said = {"format": _FORMAT, **asdict(self)}
        for name in ("began", "ended", "last"):
            said[name] = clock.as_json(said[name]) if said[name] else None
        said["digest"] = _digest(said)
        replace_durably(folder / NAME, json.dumps(said, indent=1) + "\n", mode=0o600)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What a backup says of itself; Refused if it is damaged, or of another format."""
        path = folder / NAME
        try:
            said: dict[str, Any] = json.loads(path.read_text())
            digest, form = said.pop("digest"), said["format"]
            if form != _FORMAT:
                raise Refused(f"{path} has format {form}, and this version reads {_FORMAT}.")
            if digest != _digest(said):
                raise Refused(f"{path} was changed: take another backup.")
            del said["format"]
            for name in ("began", "ended", "last"):
                said[name] = datetime.fromisoformat(said[name]) if said[name] else None
            return cls(**said)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Refused(f"{path} cannot be read: {error}.") from None


def digest_of(path: Path) -> str:
    """The SHA-256 digest of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _digest(said: Mapping[str, object]) -> str:
    return sha256(canonical_json(said)).hexdigest()
