"""What was read from a file, kept between its preview and the yes or no to it.

On disk beside the uploads, for the one who chose the file and for a day; a file that somebody
chose by mistake is forgotten with it. No browser carries it back and forth, so nobody can
change it on the way.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cattrs.preconf.json import make_converter
from flask_babel import lazy_gettext as _

from consultazione.core.errors import NotFound
from consultazione.exchange.reading.drafts import Answer, Reading, from_json, to_json

KEPT_FOR = timedelta(hours=24)
_FOLDER = "programmi"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")
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
        self._folder = uploads / _FOLDER

    def keep(self, kept: KeptFile, now: datetime) -> str:
        """Keep a reading; returns the word by which it is found. Forgets old ones."""
        self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._forget_old(now)
        token = secrets.token_urlsafe(16)
        note = _Note(
            programme_id=kept.programme_id,
            person_id=kept.person_id,
            name=kept.name,
            sha256=kept.sha256,
            answer=to_json(Answer(reading=kept.reading)),
        )
        path = self._folder / token
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w") as file:
            file.write(_converter.dumps(note))
        return token

    def find(self, token: str, *, programme_id: int, person_id: int | None) -> KeptFile:
        """What is kept under a word for somebody; NotFound if there is nothing."""
        try:
            note = _converter.loads(self._path(token).read_text(), _Note)
        except FileNotFoundError as error:
            raise _gone() from error
        reading = from_json(note.answer).reading
        if (note.programme_id, note.person_id) != (programme_id, person_id) or reading is None:
            raise _gone()
        return KeptFile(
            programme_id=note.programme_id,
            person_id=note.person_id,
            name=note.name,
            sha256=note.sha256,
            reading=reading,
        )

    def forget(self, token: str) -> None:
        """Keep it no longer."""
        self._path(token).unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise _gone()
        return self._folder / token

    def _forget_old(self, now: datetime) -> None:
        for path in self._folder.iterdir():
            if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
                path.unlink(missing_ok=True)


def _gone() -> NotFound:
    return NotFound(_("This preview is no longer there: choose the file again."))
