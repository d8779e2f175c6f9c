"""The file that holds a tree of keys: read by every process, rewritten only to destroy keys.

A rewriting is atomic: a draft is written and synchronised, the former file gets a second
name, the draft takes its place, the directory is synchronised, and only then is the former
file overwritten and removed. A draft or a former file that a crash has left is overwritten by
the next rewriting. One process rewrites at a time (a lock on a file beside it).
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from consultazione.core.durable import synchronise
from consultazione.core.text_keys.tree import Tree

_READS = 5
_Identity = tuple[int, int, int]


class TextKeysUnavailable(Exception):
    """The keys of texts cannot be read; the message is one line that includes the remedy."""


class StateFile:
    """A tree of keys at a path; what was read last is kept until the file is another."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[_Identity, Tree] | None = None

    def exists(self) -> bool:
        """True if the file is there."""
        return self.path.exists()

    def tree(self) -> Tree:
        """The tree as it stands in the file now; TextKeysUnavailable if it cannot be read."""
        read = self._read
        if read is None or read[0] != self._identity():
            read = self._read = self._load()
        return read[1]

    def create(self) -> None:
        """Write a new tree, readable by this user alone; nothing happens if there is a file."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            if not self.exists():
                _wipe(self._draft)
                self._replace(Tree.new())

    def destroy(self, leaves: Iterable[int]) -> None:
        """Destroy the keys of some leaves for ever; they are gone when this returns.

        Idempotent, and cheap when nothing is left to do. OSError if the file cannot be
        rewritten; what was to be destroyed is then to be asked for again.
        """
        doomed = [leaf for leaf in leaves if self.tree().holds(leaf)]
        if not doomed and not self._left_over():
            return
        with self._locked():
            self._remove_left_over()
            if doomed:
                self._replace(self.tree().without(doomed))

    @property
    def _draft(self) -> Path:
        return self.path.with_name(f"{self.path.name}.new")

    @property
    def _former(self) -> Path:
        return self.path.with_name(f"{self.path.name}.old")

    def _identity(self) -> _Identity:
        try:
            status = self.path.stat()
        except OSError as error:
            raise self._unavailable(f"cannot be read ({error.strerror})") from error
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _load(self) -> tuple[_Identity, Tree]:
        """Read the file; again if it was overwritten meanwhile, because another took its place."""
        for _ in range(_READS):
            identity = self._identity()
            try:
                return identity, Tree.from_bytes(self.path.read_bytes())
            except (ValueError, FileNotFoundError):
                continue
            except OSError as error:
                raise self._unavailable(f"cannot be read ({error.strerror})") from error
        raise self._unavailable("is damaged")

    def _unavailable(self, what: str) -> TextKeysUnavailable:
        return TextKeysUnavailable(
            f"{self.path}, which holds the keys of all texts, {what}: put its copy back, or set "
            "SECRETS_DIR to the directory in which it is."
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _left_over(self) -> bool:
        return self._draft.exists() or self._former.exists()

    def _remove_left_over(self) -> None:
        """Remove what a crash has left; a former file may still be the present one."""
        _wipe(self._draft)
        if self._former.exists() and self._former.samefile(self.path):
            self._former.unlink()
        _wipe(self._former)

    def _replace(self, tree: Tree) -> None:
        _write(self._draft, tree.to_bytes())
        if self.exists():
            os.link(self.path, self._former)
        self._draft.replace(self.path)
        synchronise(self.path.parent)
        _wipe(self._former)
        self._read = None


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123  (a descriptor, for its mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _wipe(path: Path) -> None:
    """Overwrite a file where it stands, and remove it; nothing happens if there is none."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    synchronise(path.parent)
