"""Signing by an envelope around the PDF (CAdES, ETSI EN 319 122-1): a file that ends in .p7m."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.documents.signatures.signed_file import SignedFile


class Cades(SignedFile):
    """The copy to be signed, inside a signed envelope."""

    name: ClassVar[str] = "cades"
    ending: ClassVar[str] = "p7m"
    label: ClassVar[Sentence] = _("by a signed file (CAdES, .p7m)")
    choice: ClassVar[Sentence] = _("With a signed file (.p7m)")
    why_not: ClassVar[Sentence | None] = None
