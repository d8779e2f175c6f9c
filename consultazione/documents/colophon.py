"""What is said of a registered document from outside: its number in the register, its digests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.core.clock import in_rome
from consultazione.documents.frames import Asked
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.paper.akn import Named
from consultazione.documents.paper.model import Seal, from_json
from consultazione.documents.paper.pdf import asked_for
from consultazione.documents.paper.wording import day_at
from consultazione.zones.models import Zone

DIGEST = "Impronta di questo documento (SHA-256)"
FIRST = "Impronta registrata, del documento prima della cancellazione"
REGISTERED = "Impronta del testo registrato (SHA-256)"


def number_of(registration: Registration | None) -> str:
    """How documents cite it: «Registro dei documenti: Verbale n. 12/2018»; "" for none."""
    if registration is None:
        return ""
    cited = f"{kind_of(registration.kind).word} n. {registration.reference}"
    if registration.annulled_at is None:
        return f"Registro dei documenti: {cited}"
    day = day_at(registration.annulled_at)
    return f"Registro dei documenti: {cited}, annullato il {day}"


def seal_of(registration: Registration, *, address: str) -> Seal:
    """The seal of a document that the register keeps; address: of its page.

    Of one out of which an order took words, the digest that it has now comes first.
    """
    digests = [(DIGEST, registration.digest)]
    if registration.redacted_digest is not None:
        digests = [(DIGEST, registration.redacted_digest), (FIRST, registration.digest)]
    return Seal(address, number_of(registration), tuple(digests))


def seal_of_kept(row: Registration, public_url: str) -> Seal:
    """The number, the digests and the page of a document; public_url: of this site."""
    return seal_of(row, address=f"{public_url}/documenti/{row.id}")


def asked_for_registration(row: Registration, public_url: str) -> Asked:
    """What is asked of the typesetter, dated with the registration; ValueError if none is kept."""
    if row.content is None:
        raise ValueError(f"the register keeps no content of {row.id}")
    return asked_for(from_json(row.content), seal_of_kept(row, public_url), at=row.registered_at)


def named(session: Session, row: Registration) -> Named:
    """Which act a document is, as Akoma Ntoso names it."""
    return Named(
        zone=session.get_one(Zone, row.zone_id).slug,
        word=kind_of(row.kind).word,
        number=row.number,
        year=row.year,
        day=in_rome(row.registered_at).date(),
        version=row.version,
    )


def file_name(row: Registration, ending: str) -> str:
    """Under which name a document is saved."""
    word = kind_of(row.kind).word.lower().replace(" ", "-")
    return f"{word}-{row.number}-{row.year}.{ending}"
