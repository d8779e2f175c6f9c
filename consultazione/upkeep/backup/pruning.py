"""Removes the older backups, and of the write-ahead log what no backup needs any more."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from consultazione.upkeep.backup.places import Backups, Base

_SEGMENT = re.compile(r"([0-9A-F]{24})(\.partial)?")


@dataclass(frozen=True)
class Pruned:
    """How many backups and how many pieces of the write-ahead log went."""

    bases: int
    segments: int


def prune(backups: Backups, keep: int) -> Pruned:
    """Keep the newest backups, at least one, and the write-ahead log from the oldest of them on.

    The folder that is being written stays in any case.
    """
    bases = backups.bases()
    kept, gone = bases[-keep:], bases[:-keep]
    for base in gone:
        shutil.rmtree(base.folder)
    segments = 0
    for folder in backups.wals():
        needed = [base for base in kept if base.manifest.wal == folder.name]
        if needed:
            segments += _remove_before(folder, min(_position(one) for one in needed))
        elif kept and folder != backups.wals()[-1]:
            segments += len(list(folder.iterdir()))
            shutil.rmtree(folder)
    return Pruned(len(gone), segments)


def _position(base: Base) -> str:
    return base.manifest.first_segment[8:]


def _remove_before(folder: Path, first: str) -> int:
    """Remove segments before one, on whatever timeline: the name ends with the position."""
    old = [
        path
        for path in folder.iterdir()
        if (found := _SEGMENT.fullmatch(path.name)) and found[1][8:] < first
    ]
    for path in old:
        path.unlink()
    return len(old)
