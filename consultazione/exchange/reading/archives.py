"""XLSX and ODS files are archives: what they may unpack to, and what must not be in them."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from consultazione.exchange.reading.faults import FaultKind, UnreadableFile

# A part is read as a stream, so that this costs time rather than memory.
MOST_UNPACKED = 200 * 1024 * 1024
# Texts that several cells share are held in memory all at once.
MOST_SHARED_TEXTS = 20 * 1024 * 1024
MOST_PARTS = 2_000
# ISO/IEC 21320-1 admits these two ways to pack.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# The first bytes of XLS, and of XLSX behind a password: a compound file (MS-CFB).
_COMPOUND = b"\xd0\xcf\x11\xe0"


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, its declared sizes within bounds; `zipfile` reads no further than those.

    UnreadableFile if it is none, has macros, is encrypted or unpacks to too much.
    """
    file.seek(0)
    if file.read(len(_COMPOUND)) == _COMPOUND:
        raise UnreadableFile.because(FaultKind.OLD_OR_LOCKED)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile.because(FaultKind.BROKEN) from error
    _judge(archive.infolist())
    return archive


def _judge(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile.because(FaultKind.OLD_OR_LOCKED)
    if any(_is_macro(part.filename.lower()) for part in parts):
        raise UnreadableFile.because(FaultKind.MACROS)
    if any(part.compress_type not in _PACKED for part in parts):
        raise UnreadableFile.because(FaultKind.BROKEN)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile.because(FaultKind.BOMB)
    if sum(p.file_size for p in parts if "sharedstrings" in p.filename.lower()) > MOST_SHARED_TEXTS:
        raise UnreadableFile.because(FaultKind.BOMB)


def _is_macro(name: str) -> bool:
    """True for the parts in which Excel and LibreOffice keep programs."""
    return name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/"))
