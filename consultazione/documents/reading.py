"""The text of an uploaded file, read by a process with limits (`reader.py`)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass

from consultazione.config import ROOT
from consultazione.core.errors import Refusal
from consultazione.core.sentences import LazySentence as _

# The media types whose text can be read, by the ending of a file's name.
READABLE = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
}
_PROGRAM = "consultazione.documents.reader"
# Nothing of the environment: there are secrets in it.
_ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 20.0


@dataclass(frozen=True)
class ReadingLimits:
    """What reading one file may cost.

    seconds: by the clock; processor: seconds of it; memory: bytes of address space. pages: how
    many are read; of_a_page: how many characters of each.
    """

    seconds: int = 30
    processor: int = 20
    memory: int = 1 << 30
    pages: int = 2000
    of_a_page: int = 20_000


class ReaderBusy(Refusal):
    """Too many files are being read at once; nothing was done."""

    code = "busy"
    status = 503
    retry_after = 20


def pages_of(
    content: bytes, media_type: str, limits: ReadingLimits | None = None
) -> list[str] | None:
    """The texts of a file's pages, or of parts about as long; None if it cannot be read.

    A page without text (a scan) is an empty text. media_type: one of READABLE. ReaderBusy if
    many others are being read.
    """
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise ReaderBusy(_("Many files are being read at the moment: try again in a moment."))
    try:
        return _read(content, media_type, limits or ReadingLimits())
    finally:
        _AT_ONCE.release()


def _read(content: bytes, media_type: str, limits: ReadingLimits) -> list[str] | None:
    given = json.dumps(asdict(limits))
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", _PROGRAM, media_type, given],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd=ROOT,
            timeout=limits.seconds,
            start_new_session=True,
            check=True,
        )
        found: list[str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return None
    return found
