"""What is said of a registered document from outside: its number in the register, its digests."""

from __future__ import annotations

from consultazione.core.canonical import sha256_of
from consultazione.core.clock import in_rome
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.paper.model import Seal
from consultazione.documents.paper.wording import day_of

DIGEST = "Impronta di questo documento (SHA-256)"
FIRST = "Impronta del documento com’era, nel registro"


def number_of(registration: Registration | None) -> str:
    """How documents cite it: «Registro dei documenti: Verbale n. 12/2018»; "" for none."""
    if registration is None:
        return ""
    cited = f"{kind_of(registration.kind).word} n. {registration.reference}"
    if registration.annulled_at is None:
        return f"Registro dei documenti: {cited}"
    day = day_of(in_rome(registration.annulled_at).date())
    return f"Registro dei documenti: {cited}, annullato il {day}"


def seal_of(registration: Registration, *, address: str) -> Seal:
    """The seal of a document that the register keeps; address: of its page.

    Of one out of which an order took words, the digest that it has now comes first.
    """
    digests = [(DIGEST, registration.digest)]
    if registration.content is not None:
        now = sha256_of(registration.content)
        if now != registration.digest:
            digests = [(DIGEST, now), (FIRST, registration.digest)]
    return Seal(address, number_of(registration), tuple(digests))
