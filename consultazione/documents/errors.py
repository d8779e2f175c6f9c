"""Why a document was not made, in words for the one who asked for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Refusal


class Cause(StrEnum):
    """What went wrong when a document was set."""

    TIME = "time"
    ENDED = "ended"
    SIZE = "size"
    REFUSED = "refused"


_SENTENCES = {
    Cause.TIME: _("The PDF was taking too long, so it was given up. Shorten the longest texts."),
    Cause.ENDED: _("A text in this document stops the program that writes PDFs."),
    Cause.SIZE: _("The PDF would be too large. Shorten the longest texts."),
    Cause.REFUSED: _("The program that writes PDFs refuses a text in this document."),
}

TOO_MANY = _("Many PDFs are being written at the moment: try again in a moment.")


class CannotTypeset(Refusal):
    """The document was not set. `cause` says why; `found` is what typst said, if it did."""

    code = "cannot_typeset"
    status = 422
    cause: Cause = Cause.REFUSED
    found: str = ""

    @classmethod
    def because(cls, cause: Cause, found: str = "") -> Self:
        """The refusal for a cause, with what typst said."""
        refusal = cls(_SENTENCES[cause])
        refusal.cause, refusal.found = cause, found
        return refusal

    def __str__(self) -> str:
        return f"{self.cause.value}: {self.found}" if self.found else self.cause.value


class TypesetterBusy(Refusal):
    """Too many documents are being set at once; nothing was done."""

    code = "busy"
    status = 503
    retry_after = 10
