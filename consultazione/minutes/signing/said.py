"""What a PDF of minutes says where each signs: Italian, as the document is."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from consultazione.documents.editions import edition_signed
from consultazione.minutes.compose import wording
from consultazione.minutes.document import document_of
from consultazione.minutes.models import Minutes
from consultazione.minutes.signing.models import SigningRole
from consultazione.minutes.signing.signers import signatures_of

# The places for signatures that each role fills.
_PLACES = {
    SigningRole.CHAIR: ("chair",),
    SigningRole.WRITER: ("writer",),
    SigningRole.BOTH: ("chair", "writer"),
}


def said_of_signatures(session: Session, minutes: Minutes) -> Mapping[str, str]:
    """A sentence for each place that is signed, `chair` and `writer`; the others keep a line."""
    said: dict[str, str] = {}
    edition = document_of(minutes).get("edition")
    for one in signatures_of(session, minutes.id):
        signed = one.signature
        sentence = wording.SIGNED.format(**wording.moment(signed.signed_at))
        if number := edition_signed(edition, signed.document_digest):
            sentence += wording.SIGNED_EDITION.format(number=number)
        said |= dict.fromkeys(_PLACES[one.role], f"{sentence}.")
    return said
