"""A step of erasures by order: a document that the register keeps, without what was erased.

Its number and the digest under which it was registered stay (DPR 445/2000, 53). The document
itself says that words left it, so that page, PDF and ODT do.
"""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import format_date

from consultazione.core import clock
from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.documents.editions import DocumentEdition, replaced_editions
from consultazione.documents.events import DocumentRedacted, register_stream
from consultazione.documents.models import Registration

SUBJECT = Registration.__tablename__
_NOTICE = (
    "Dati personali tolti per ordine di cancellazione n. {order}, {on}. Nel registro resta "
    "l’impronta del documento com’era."
)


def redact_document(
    tx: Transaction,
    registration: Registration,
    content: Mapping[str, object],
    *,
    order: int,
    order_id: int,
) -> None:
    """Let the register keep a document without what an order took out of it.

    content: what stood before, as `paper.model` has it, without the words; order: its number in
    the zone. ValueError for a document that its feature keeps.
    """
    if registration.content is None:
        raise ValueError(f"the register keeps no content of {registration.id}")
    editions = replaced_editions(tx.session, SUBJECT, registration.id)
    was = sha256_of(registration.content)
    tx.session.add(
        DocumentEdition(
            subject=SUBJECT,
            subject_id=registration.id,
            number=len(editions) + 1,
            digest=was,
            pdf_sha256=None,
            replaced_at=tx.now,
            order_id=order_id,
        )
    )
    on = format_date(clock.in_rome(tx.now).date(), "d MMMM y", locale="it")
    said = (str(content.get("notice") or ""), _NOTICE.format(order=order, on=on))
    registration.content = {**content, "notice": " ".join(filter(None, said))}
    redacted = DocumentRedacted(
        registration_id=registration.id,
        edition=len(editions) + 2,
        former_sha256=was,
        digest=sha256_of(registration.content),
        order_id=order_id,
    )
    tx.record(register_stream(registration.zone_id), redacted)
