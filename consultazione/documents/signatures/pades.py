"""Signing by a signed PDF (PAdES, ETSI EN 319 142-1), made with a program of one's own."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.documents.signatures.signed_file import SignedFile


class Pades(SignedFile):
    """The copy to be signed, with a signature inside the PDF."""

    name: ClassVar[str] = "pades"
    ending: ClassVar[str] = "pdf"
    label: ClassVar[Sentence] = _("by a signed PDF (PAdES)")
    choice: ClassVar[Sentence] = _("With a signed PDF (PAdES)")
    why_not: ClassVar[Sentence | None] = None
