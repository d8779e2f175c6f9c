"""Has PDFs made anew and joined by processes with limits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile

from consultazione.core.errors import Refusal
from consultazione.core.incoming.confined import Limits, ReaderStopped, bytes_of
from consultazione.core.sentences import LazySentence as _
from consultazione.documents.binding.frames import Book, Fault, Looked, write

_CLEANING = "consultazione.documents.binding.cleaning"
_JOINING = "consultazione.documents.binding.joining"
LIMITS = Limits(seconds=30, memory=1 << 30, output=100 * 1024 * 1024)


class CannotBind(Refusal):
    """The PDFs were not joined."""

    code = "cannot_bind"
    status = 422


@dataclass(frozen=True)
class Sheets:
    """A PDF that can be put among others. title: in the bookmarks."""

    title: str
    pages: int
    content: bytes = field(repr=False)


def cleaned(title: str, content: bytes, limits: Limits = LIMITS) -> Sheets | Fault:
    """A PDF of somebody else made anew, or why it is left out; ReadersBusy if no turn comes."""
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            head, _line, made = bytes_of(_CLEANING, "pdf", file, limits).partition(b"\n")
            looked: Looked = json.loads(head)
        except ReaderStopped as stopped:
            return Fault.TOO_LARGE if stopped.took_too_long else Fault.UNREADABLE
        except ValueError:
            return Fault.UNREADABLE
    return Fault(looked["fault"]) if "fault" in looked else Sheets(title, looked["pages"], made)


def joined(title: str, parts: Sequence[Sheets], numbers: bytes, limits: Limits = LIMITS) -> bytes:
    """The parts as one PDF. numbers: a PDF with a small page for each page of the parts.

    CannotBind if they cannot be joined; ReadersBusy if no turn comes in time.
    """
    every = [*parts, Sheets("", 0, numbers)]
    book: Book = {
        "title": title,
        "parts": [{"title": one.title, "size": len(one.content)} for one in every],
    }
    with TemporaryFile() as file:
        write(file, book, (one.content for one in every))
        file.flush()
        try:
            return bytes_of(_JOINING, "pdf", file, limits)
        except ReaderStopped:
            raise CannotBind(
                _("These documents cannot be joined: choose fewer of them, or others.")
            ) from None
