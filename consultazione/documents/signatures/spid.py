"""The place of *firma con SPID* (AgID determination 157/2020), not yet connected."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.documents.signatures.closed import Closed


class Spid(Closed):
    """A signature given at the signer's SPID identity provider; it takes PDF/A-2 alone."""

    name: ClassVar[str] = "spid"
    label: ClassVar[Sentence] = _("by signature with SPID")
    choice: ClassVar[Sentence] = _("With SPID (firma con SPID)")
    why_not: ClassVar[Sentence | None] = _(
        "Not connected yet: the zone needs an agreement with the SPID providers first."
    )
