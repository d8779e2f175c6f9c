"""Where keys lie: those that last apart from DATA_DIR, those that must not last in memory."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil
import structlog

from consultazione.bad_setting import BadSetting


def is_in_memory(path: Path) -> bool:
    """True if a path lies on a tmpfs, whose files no disk holds (unless memory is swapped)."""
    mounts = {Path(m.mountpoint): m.fstype for m in psutil.disk_partitions(all=True)}
    places = [path, *path.parents]
    found = next((mounts[place] for place in places if place in mounts), "")
    return found in {"tmpfs", "ramfs"}


def secrets_dir(env: Mapping[str, str], data_dir: Path) -> Path:
    """The directory of keys that last: SECRETS_DIR, or one of the user's own for this data.

    BadSetting if there is none.
    """
    if chosen := env.get("SECRETS_DIR"):
        return Path(chosen).absolute()
    place = Path(env.get("XDG_CONFIG_HOME") or _home(env) / ".config")
    return place / "consultazione" / _name_of(data_dir)


def run_dir(env: Mapping[str, str], data_dir: Path) -> Path:
    """The directory of keys that must not last: RUN_DIR, or a place for this data in memory.

    Where nothing in memory can be written, a temporary directory, which `up` warns of.
    """
    if chosen := env.get("RUN_DIR"):
        return Path(chosen).absolute()
    name = f"consultazione-{_name_of(data_dir)}-keys"
    places = [Path(text) for text in (env.get("XDG_RUNTIME_DIR"), "/dev/shm") if text]
    in_memory = (p for p in places if os.access(p, os.W_OK | os.X_OK) and is_in_memory(p))
    return next(in_memory, Path(tempfile.gettempdir())) / name


def _home(env: Mapping[str, str]) -> Path:
    try:
        return Path(env.get("HOME") or Path.home()).absolute()
    except RuntimeError:
        raise BadSetting("SECRETS_DIR is not set, and this user has no home: set it.") from None


def _name_of(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]


def kept_secret(place: Path, former: Path) -> str:
    """The signing key of a directory, made or moved there if it is missing.

    former: the file in which it was kept before. BadSetting if the directory cannot be used.
    """
    path = place / "secret_key"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            keep(path, former.read_text() if former.exists() else secrets.token_urlsafe(48))
            _remove_moved(former, path)
        return path.read_text()
    except OSError as error:
        raise BadSetting(
            f"SECRETS_DIR={str(place)!r} cannot be used ({error.strerror}): "
            "choose another directory, or set SECRET_KEY."
        ) from None


def keep(path: Path, secret: str) -> None:
    """Write a file that is whole or not there, unless another process was first."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secret)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _remove_moved(former: Path, path: Path) -> None:
    if former.exists() and former.read_text() == path.read_text():
        former.write_bytes(bytes(former.stat().st_size))
        former.unlink()
        structlog.get_logger().warning("the secret key was moved", out_of=str(former), to=str(path))
