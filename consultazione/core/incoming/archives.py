"""Office files are archives: what they may unpack to, and what must not be in them."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from typing import BinaryIO

# A part is read as a stream, so that this costs time rather than memory.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 2_000
# ISO/IEC 21320-1 admits these two ways to pack.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# The first bytes of old office files, and of those behind a password: a compound file (MS-CFB).
_COMPOUND = b"\xd0\xcf\x11\xe0"


class ArchiveFault(StrEnum):
    """Why an archive is not read. OLD_OR_LOCKED: a file from before 2007, or with a password."""

    OLD_OR_LOCKED = "old_or_locked"
    MACROS = "macros"
    BROKEN = "broken"
    BOMB = "bomb"


class UnfitArchive(Exception):
    """The archive is not read; `fault` says why."""

    def __init__(self, fault: ArchiveFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, its declared sizes within bounds; `zipfile` reads no further than those.

    UnfitArchive if it is none, has macros, is encrypted or unpacks to too much.
    """
    file.seek(0)
    if file.read(len(_COMPOUND)) == _COMPOUND:
        raise UnfitArchive(ArchiveFault.OLD_OR_LOCKED)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnfitArchive(ArchiveFault.BROKEN) from error
    fault = _fault_of(archive.infolist())
    if fault is not None:
        raise UnfitArchive(fault)
    return archive


def is_plainly_packed(part: zipfile.ZipInfo) -> bool:
    """True for a part that is not encrypted, and packed in one of the usual ways."""
    return not _is_encrypted(part) and part.compress_type in _PACKED


def _is_encrypted(part: zipfile.ZipInfo) -> bool:
    return bool(part.flag_bits & 1)


def _fault_of(parts: list[zipfile.ZipInfo]) -> ArchiveFault | None:
    if any(_is_encrypted(part) for part in parts):
        return ArchiveFault.OLD_OR_LOCKED
    if any(_is_macro(part.filename.lower()) for part in parts):
        return ArchiveFault.MACROS
    if not all(is_plainly_packed(part) for part in parts):
        return ArchiveFault.BROKEN
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return ArchiveFault.BOMB
    return None


def _is_macro(name: str) -> bool:
    """True for the parts in which Microsoft Office and LibreOffice keep programs."""
    return name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/"))
