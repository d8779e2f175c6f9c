"""Directories and the disks that they lie on: there, writable, with room."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consultazione.upkeep.doctor.case import Case, Finding, advice

_MEGABYTE = 1 << 20
# Of a disk: at the first it is full for all that matters, at the second soon.
_FULL, _SCARCE = (0.02, 300 * _MEGABYTE), (0.08, 2048 * _MEGABYTE)


@dataclass(frozen=True)
class Room:
    """What is left of a disk: bytes, its share of all, and the share of files that can be made."""

    free: int
    share: float
    files: float


def directories_can_be_written(case: Case) -> Iterator[Finding]:
    """A file can be made in each directory that the product writes to."""
    for name, path in _written(case).items():
        why = _refusal(path)
        if why:
            yield Finding(
                f"{name} ({path}) cannot be written: {why}.",
                "Mount its disk for writing, make room, or give it to the user that runs the site.",
            )


def disks_have_room(case: Case) -> Iterator[Finding]:
    """No disk is full, or soon will be; each is named once."""
    seen: set[int] = set()
    for name, path in _written(case).items():
        there = next((one for one in (path, *path.parents) if one.exists()), Path("/"))
        if (device := there.stat().st_dev) in seen:
            continue
        seen.add(device)
        yield from _room_faults(name, path, room_of(there))


def room_of(path: Path) -> Room:
    """What is left where a path lies."""
    found = os.statvfs(path)
    return Room(
        found.f_bavail * found.f_frsize,
        found.f_bavail / max(found.f_blocks, 1),
        found.f_favail / found.f_files if found.f_files else 1.0,
    )


def _room_faults(name: str, path: Path, room: Room) -> Iterator[Finding]:
    left = f"{room.free // _MEGABYTE} MB ({room.share:.0%}) are left on the disk of {name} ({path})"
    remedy = "Make room, or move it to a larger disk; older backups go with 'backup --keep'."
    if (room.share < _FULL[0] and room.free < _FULL[1] * 10) or room.free < _FULL[1]:
        yield Finding(f"{left}: acts will be refused.", remedy)
    elif room.share < _SCARCE[0] and room.free < _SCARCE[1] * 10:
        yield advice(f"{left}.", remedy)
    if room.files < _FULL[0]:
        yield Finding(
            f"The disk of {name} ({path}) can hold hardly any more files.",
            "Remove small files that nobody needs, or make the file system anew.",
        )


def _written(case: Case) -> dict[str, Path]:
    """What this process writes to. Keys only where all roles run on this machine."""
    settings = case.settings
    places = {"DATA_DIR": settings.data_dir}
    if case.is_ours:
        places["SECRETS_DIR"] = settings.secrets_dir
    if settings.backup_dir is not None:
        places["BACKUP_DIR"] = settings.backup_dir
    if settings.backup_keys_dir is not None:
        places["BACKUP_KEYS_DIR"] = settings.backup_keys_dir
    if settings.security_log is not None:
        places["SECURITY_LOG"] = settings.security_log.parent
    return places


def _refusal(path: Path) -> str:
    """Why no file can be made in a directory; empty if one can."""
    try:
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        return error.strerror or str(error)
    return ""
