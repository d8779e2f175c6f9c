"""Opening an archive that comes from anywhere: nothing of it is believed before it is verified.

A ZIP may name files outside of the folder, or unpack to more than a disk holds (CWE-22, CWE-409);
so names and declared sizes are judged first, and `zipfile` reads no further than those.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consultazione.archive import verify
from consultazione.archive.restoring.bad import (
    BadArchive,
    faults_told,
    is_plain,
    refuse_faulty,
)
from consultazione.archive.restoring.shapes import AboutShape, listed
from consultazione.core.incoming.archives import is_plainly_packed

_MOST_FILES = 1_000_000
# Texts of our archives pack to a twentieth at best; what packs better than this is a bomb.
_MOST_RATIO = 200
_SMALL = 64 * 1024 * 1024
_PIECE = 1024 * 1024
_ABOUT = "data/archivio.json"
# What `zipfile` raises of fields that contradict each other.
_UNREADABLE = (EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError)
# Told how many of how many files are unpacked.
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Opened:
    """A verified archive in a folder. said: what its `archivio.json` says."""

    folder: Path
    said: Mapping[str, Any]

    @property
    def zone(self) -> str:
        """The zone's name in addresses."""
        return str(self.said["zona"]["slug"])

    @property
    def years(self) -> str:
        """The years of the cycle, such as 2018-2020."""
        return str(self.said["ciclo"])


def is_zip(path: Path) -> bool:
    """True if a file begins as a ZIP does: of what `import` reads, that is an archive."""
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


def opened(path: Path, folder: Path, told: Told = lambda *_counts: None) -> Opened:
    """Unpack an archive into an empty folder and verify it with the verifier of this version.

    BadArchive if it cannot be unpacked, is not whole, or has no rows to restore.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            _judge(parts, path.stat().st_size, shutil.disk_usage(folder).free)
            for count, part in enumerate(parts, 1):
                _unpack(packed, part, folder / part.filename)
                told(count, len(parts))
    except (zipfile.BadZipFile, zlib.error, *_UNREADABLE) as error:
        raise BadArchive(f"it cannot be unpacked: {error}") from error
    said = _said(folder)
    with faults_told():
        faults = verify.verify(folder).faults  # type: ignore[no-untyped-call]  # for Python 3.8
    refuse_faulty(faults)
    return Opened(folder, said)


def _judge(parts: list[zipfile.ZipInfo], packed: int, free: int) -> None:
    """BadArchive for a ZIP that is not to be unpacked."""
    names = [part.filename for part in parts]
    for part in parts:
        if not _is_plain_file(part):
            raise BadArchive(f"{part.filename!r}: no name for a file inside of the archive")
        if not is_plainly_packed(part):
            raise BadArchive(f"{part.filename}: is encrypted, or packed in an unusual way")
    if len(set(names)) < len(names) or len(names) > _MOST_FILES:
        raise BadArchive("it holds a file twice, or too many of them")
    size = sum(part.file_size for part in parts)
    if size > max(_SMALL, packed * _MOST_RATIO):
        raise BadArchive(f"it would unpack to {size:,} bytes, which no real archive does")
    if size > free:
        raise BadArchive(f"it unpacks to {size:,} bytes, and the disk has {free:,} left")


def _is_plain_file(part: zipfile.ZipInfo) -> bool:
    """True for a file with a path that stays inside of the folder: no folder, and no link."""
    mode = part.external_attr >> 16
    is_regular = not stat.S_IFMT(mode) or stat.S_ISREG(mode)
    return is_regular and not part.is_dir() and is_plain(part.filename)


def _unpack(packed: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(part) as source, to.open("xb") as target:
            shutil.copyfileobj(source, target, _PIECE)
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise BadArchive(f"{part.filename}: stands where another file stands") from error


def _said(folder: Path) -> Mapping[str, Any]:
    """What `archivio.json` says; BadArchive if that is not of a cycle with rows to restore."""
    if not (folder / _ABOUT).is_file():
        raise BadArchive(f"it is no archive of a cycle: it has no {_ABOUT}")
    said: Mapping[str, Any] = listed(AboutShape(), folder, _ABOUT)
    if not (folder / "data/stato.json").is_file():
        raise BadArchive(
            "it has no data/stato: it was made before archives could be restored; "
            "export the cycle again"
        )
    return said
