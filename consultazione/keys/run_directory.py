"""Keys as files of a private directory, which should be on a tmpfs.

The directory outlives every process, also one that was killed, and ends with the machine.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from datetime import datetime
from pathlib import Path

from consultazione.bad_setting import BadSetting
from consultazione.core import clock
from consultazione.core.keys import LENGTH, KeysAway
from consultazione.keys.places import is_in_memory

_NAME = re.compile(r"[0-9a-z-]{1,60}")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


class RunDirectory:
    """A directory of keys, mode 0700, with one file of mode 0600 for each.

    BadSetting if the directory cannot be made, or if somebody else could read it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        _make_private(directory)

    @property
    def is_in_memory(self) -> bool:
        """True if the directory is on a tmpfs, so that no disk ever sees a key."""
        return is_in_memory(self._directory)

    def create(self, name: str) -> bytes:
        """Draw and store a new key; KeysAway if the name is taken or nothing can be written."""
        key = secrets.token_bytes(LENGTH)
        try:
            _make_private(self._directory)
            with os.fdopen(os.open(self._file(name), _NEW, 0o600), "wb") as file:
                file.write(key)
        except (OSError, BadSetting) as error:
            raise KeysAway(f"no key can be stored in {self._directory}: {error}") from None
        return key

    def get(self, name: str) -> bytes | None:
        """Return a key; None if there is no such file, or not a whole one."""
        try:
            key = self._file(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeysAway(f"{self._directory} cannot be read: {error.strerror}") from None
        return key if len(key) == LENGTH else None

    def destroy(self, name: str) -> None:
        """Overwrite the key where it stands, then remove its file. Idempotent."""
        file = self._file(name)
        try:
            with file.open("r+b") as old:
                old.write(bytes(LENGTH))
                os.fsync(old)
            file.unlink(missing_ok=True)
        except FileNotFoundError:
            return
        except OSError as error:
            raise KeysAway(f"{file} cannot be removed: {error.strerror}") from None

    def list(self) -> dict[str, datetime]:
        """Return each key's name and creation; a key that goes meanwhile is left out."""
        try:
            files = [f for f in self._directory.iterdir() if _NAME.fullmatch(f.name)]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise KeysAway(f"{self._directory} cannot be read: {error.strerror}") from None
        return {file.name: made for file in files if (made := _made(file)) is not None}

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"no name of a key: {name!r}")
        return self._directory / name


def _made(file: Path) -> datetime | None:
    try:
        return clock.from_timestamp(file.stat().st_mtime)
    except OSError:
        return None


def _make_private(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = directory.lstat()
    except OSError as error:
        raise BadSetting(
            f"{directory} cannot be made ({error.strerror}): choose another with RUN_DIR."
        ) from None
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if not private or status.st_uid != os.geteuid():
        raise BadSetting(
            f"{directory} is not a private directory of ours: remove it, "
            "or choose another with RUN_DIR."
        )
