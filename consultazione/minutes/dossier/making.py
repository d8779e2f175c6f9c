"""Making the file of a sitting: its documents set or read, listed on a cover, bound, numbered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from consultazione.core.incoming.uploads import path_of
from consultazione.core.threadpool import offload
from consultazione.documents.binding.frames import Fault
from consultazione.documents.binding.numbers import asked_for_numbers
from consultazione.documents.binding.process import Sheets, cleaned, joined
from consultazione.documents.frames import Asked
from consultazione.documents.typesetting import typeset
from consultazione.minutes.dossier.contents import Source, UploadedFile
from consultazione.minutes.dossier.papers import Apart, Listed

# How much of what others wrote is bound; the rest stands apart.
MOST_BYTES = 60 * 1024 * 1024
_PDF = "application/pdf"
_NO_PDF = "non è un PDF"
_AWAY = "il file non c’è più"
_TOO_MUCH = "è troppo grande per stare nel fascicolo"
_WHY = {
    Fault.UNREADABLE: "non si può leggere come PDF",
    Fault.ENCRYPTED: "è protetto da una password",
    Fault.TOO_LONG: "ha troppe pagine",
    Fault.TOO_LARGE: _TOO_MUCH,
}

# Given what is bound and what stands apart: what is asked of the typesetter for the cover.
Cover = Callable[[Sequence[Listed], Sequence[Apart]], Asked]


@dataclass(frozen=True)
class Chosen:
    """A document that was chosen."""

    title: str
    source: Source


def made(title: str, chosen: Sequence[Chosen], cover: Cover, uploads: Path) -> bytes:
    """The file as one PDF; equal documents give equal bytes.

    uploads: where handed in files lie. What cannot be bound stands on the cover with its digest.
    CannotTypeset, CannotBind, TypesetterBusy or ReadersBusy as those who do the work refuse.
    """
    sheets, apart = _gathered(chosen, uploads)
    front = _front(cover, sheets, apart)
    every = [Sheets("Indice", _pages(front), front), *sheets]
    count = sum(one.pages for one in every)
    stamp = asked_for_numbers(title, count, timestamp=cover(_listed(sheets, 1), apart)["timestamp"])
    return joined(title, every, typeset(stamp))


def _gathered(chosen: Sequence[Chosen], uploads: Path) -> tuple[list[Sheets], list[Apart]]:
    sheets, apart, left = list[Sheets](), list[Apart](), MOST_BYTES
    for one in chosen:
        if isinstance(one.source, UploadedFile):
            found = _uploaded(one.title, one.source, uploads, left)
            left -= len(found.content) if isinstance(found, Sheets) else 0
        else:
            content = one.source if isinstance(one.source, bytes) else typeset(one.source)
            found = Sheets(one.title, _pages(content), content)
        if isinstance(found, Sheets):
            sheets.append(found)
        else:
            apart.append(found)
    return sheets, apart


def _uploaded(title: str, file: UploadedFile, uploads: Path, left: int) -> Sheets | Apart:
    def without(why: str) -> Apart:
        return Apart(title, file.file_name, file.sha256, why)

    if file.media_type != _PDF:
        return without(_NO_PDF)
    path = path_of(uploads, file.sha256)
    if not path.exists():
        return without(_AWAY)
    if file.size > left:
        return without(_TOO_MUCH)
    found = cleaned(title, path.read_bytes())
    return without(_WHY[found]) if isinstance(found, Fault) else found


def _front(cover: Cover, sheets: Sequence[Sheets], apart: Sequence[Apart]) -> bytes:
    """The cover, whose own length moves the pages that it tells."""
    own = 1
    while True:
        content = typeset(cover(_listed(sheets, own), apart))
        if (needed := _pages(content)) <= own:
            return content
        own = needed


def _listed(sheets: Sequence[Sheets], own: int) -> list[Listed]:
    """What is bound behind a cover of so many pages."""
    found, begins = list[Listed](), own + 1
    for one in sheets:
        found.append(Listed(one.title, begins, one.pages))
        begins += one.pages
    return found


def _pages(content: bytes) -> int:
    count: int = offload(lambda: len(PdfReader(BytesIO(content)).pages))
    return count
