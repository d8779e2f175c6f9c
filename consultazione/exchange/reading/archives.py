"""XLSX and ODS files are archives, which are judged before they are read."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from consultazione.core.incoming import archives
from consultazione.exchange.reading.faults import FaultKind, UnreadableFile

# Texts that several cells share are held in memory all at once.
MOST_SHARED_TEXTS = 20 * 1024 * 1024


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, its declared sizes within bounds.

    UnreadableFile if it is none, has macros, is encrypted or unpacks to too much.
    """
    try:
        archive = archives.open_archive(file)
    except archives.UnfitArchive as error:
        raise UnreadableFile.because(FaultKind(error.fault.value)) from error
    shared = [p for p in archive.infolist() if "sharedstrings" in p.filename.lower()]
    if sum(part.file_size for part in shared) > MOST_SHARED_TEXTS:
        raise UnreadableFile.because(FaultKind.BOMB)
    return archive
