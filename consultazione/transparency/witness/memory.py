"""The last checkpoint of each log, as files of a directory that outlive a power cut."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from consultazione.core.durable import replace_durably
from consultazione.transparency.checkpoint import Checkpoint, parse_checkpoint
from consultazione.transparency.notes import parse_note


class Directory:
    """A directory of checkpoints, one file a log, each replaced as a whole."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory = directory
        self._lock = Lock()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other request out, of this process and of others on the directory."""
        with self._lock, (self._directory / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def last(self, origin: str) -> Checkpoint | None:
        """The last checkpoint of a log; None if there was none. BadNote for a damaged file."""
        text = self.note(_name(origin))
        return None if text is None else parse_checkpoint(parse_note(text).text)

    def note(self, name: str) -> str | None:
        """The last cosigned note by the digest of its log's origin; None if there is none."""
        try:
            return self._file(name).read_text()
        except FileNotFoundError:
            return None

    def keep(self, checkpoint: Checkpoint, note: str) -> None:
        """Replace the checkpoint of its log; on return it is on the disk."""
        replace_durably(self._file(_name(checkpoint.origin)), note)

    def _file(self, name: str) -> Path:
        return self._directory / f"{name}.checkpoint"


def _name(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()
