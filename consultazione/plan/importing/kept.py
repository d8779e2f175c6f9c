"""What was read from a document, kept for the one who chose it until they say yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cattrs.preconf.json import make_converter

from consultazione.core.incoming.kept import Shelf, gone
from consultazione.plan.importing.reading.found import Reading

_FOLDER = "documenti-del-piano"
_converter = make_converter()


@dataclass(frozen=True, kw_only=True)
class KeptDocument:
    """A document's reading. person_id: who chose it; sha256: of its bytes, in hexadecimal."""

    chapter_id: int
    person_id: int
    name: str
    sha256: str
    reading: Reading


class KeptDocuments:
    """The readings that are kept below a folder of uploads."""

    def __init__(self, uploads: Path) -> None:
        self._shelf = Shelf(uploads / _FOLDER)

    def keep(self, kept: KeptDocument, now: datetime) -> str:
        """Keep a reading; returns the word by which it is found."""
        return self._shelf.keep(_converter.dumps(kept), now)

    def find(self, token: str, *, chapter_id: int, person_id: int | None) -> KeptDocument:
        """What is kept under a word for somebody; NotFound if there is nothing."""
        kept = _converter.loads(self._shelf.find(token), KeptDocument)
        if (kept.chapter_id, kept.person_id) != (chapter_id, person_id):
            raise gone()
        return kept

    def forget(self, token: str) -> None:
        """Keep it no longer."""
        self._shelf.forget(token)
