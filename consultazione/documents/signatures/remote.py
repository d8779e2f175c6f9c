"""The place of *firma remota*: a signature service by the CSC interface, not yet connected."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import lazy_gettext as _

from consultazione.core.errors import Sentence
from consultazione.documents.signatures.closed import Closed


class Remote(Closed):
    """A signature made by a provider's service (Cloud Signature Consortium API v2).

    pyHanko's `csc_signer` speaks it; what lacks is a provider's account.
    """

    name: ClassVar[str] = "remote"
    label: ClassVar[Sentence] = _("by remote signature")
    choice: ClassVar[Sentence] = _("With remote signature (firma remota)")
    why_not: ClassVar[Sentence | None] = _(
        "Not connected yet: sign the PDF with your provider's own program and hand it in as a file."
    )
