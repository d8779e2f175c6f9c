"""What was read from a file, kept between its preview and the yes or no to it.

On disk beside the uploads, and for a day; a file that somebody chose by mistake is forgotten
with it. No browser carries it back and forth, so nobody can change it on the way. Whose it is
stands in what is kept: whoever finds it checks that.
"""

from __future__ import annotations

import os
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from consultazione.core.errors import NotFound
from consultazione.core.sentences import LazySentence as _

KEPT_FOR = timedelta(hours=24)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")


class Shelf:
    """The notes that are kept in a folder, each under a word that nobody guesses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, note: str, now: datetime) -> str:
        """Keep a note; returns the word by which it is found. Forgets old ones."""
        self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        self._forget_old(now)
        token = secrets.token_urlsafe(16)
        path = self._folder / token
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w") as file:
            file.write(note)
        return token

    def find(self, token: str) -> str:
        """What is kept under a word; NotFound if there is nothing."""
        try:
            return self._path(token).read_text()
        except FileNotFoundError as error:
            raise gone() from error

    def forget(self, token: str) -> None:
        """Keep it no longer."""
        self._path(token).unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise gone()
        return self._folder / token

    def _forget_old(self, now: datetime) -> None:
        for path in self._folder.iterdir():
            if path.stat().st_mtime < (now - KEPT_FOR).timestamp():
                path.unlink(missing_ok=True)


def gone() -> NotFound:
    """That there is no such preview, or none of this person."""
    return NotFound(_("This preview is no longer there: choose the file again."))
