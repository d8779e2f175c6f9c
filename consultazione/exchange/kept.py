"""What was read from a file of interventions, kept for the one who chose the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cattrs.preconf.json import make_converter

from consultazione.core.incoming.kept import Shelf, gone
from consultazione.exchange.reading.drafts import Answer, Reading, from_json, to_json

_FOLDER = "programmi"
_converter = make_converter()


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file's reading. person_id: who chose it; sha256: of its bytes, in hexadecimal digits."""

    programme_id: int
    person_id: int
    name: str
    sha256: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class _Note:
    """All of it but the reading, which travels as the reading process has written it."""

    programme_id: int
    person_id: int
    name: str
    sha256: str
    answer: str


class KeptFiles:
    """The readings that are kept below a folder of uploads."""

    def __init__(self, uploads: Path) -> None:
        self._shelf = Shelf(uploads / _FOLDER)

    def keep(self, kept: KeptFile, now: datetime) -> str:
        """Keep a reading; returns the word by which it is found."""
        note = _Note(
            programme_id=kept.programme_id,
            person_id=kept.person_id,
            name=kept.name,
            sha256=kept.sha256,
            answer=to_json(Answer(reading=kept.reading)),
        )
        return self._shelf.keep(_converter.dumps(note), now)

    def find(self, token: str, *, programme_id: int, person_id: int | None) -> KeptFile:
        """What is kept under a word for somebody; NotFound if there is nothing."""
        note = _converter.loads(self._shelf.find(token), _Note)
        reading = from_json(note.answer).reading
        if (note.programme_id, note.person_id) != (programme_id, person_id) or reading is None:
            raise gone()
        return KeptFile(
            programme_id=note.programme_id,
            person_id=note.person_id,
            name=note.name,
            sha256=note.sha256,
            reading=reading,
        )

    def forget(self, token: str) -> None:
        """Keep it no longer."""
        self._shelf.forget(token)
