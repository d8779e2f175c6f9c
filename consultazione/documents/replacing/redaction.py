"""A step of erasures by order: a document that the register keeps, without what was erased.

Its number and the digest under which it was registered stay (DPR 445/2000, 53). The document
itself says that words left it, so that page, PDF and ODT do.
"""

from __future__ import annotations

from collections.abc import Mapping

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.documents.editions import DocumentEdition, replaced_editions
from consultazione.documents.events import DocumentRedacted, register_stream
from consultazione.documents.models import Registration
from consultazione.documents.paper.wording import day_at
from consultazione.documents.replacing.files import destroy_files
from consultazione.documents.seals.queries import subject_of

SUBJECT = Registration.__tablename__
_NOTICE = (
    "Ne sono stati tolti dati personali in esecuzione dell’ordine di cancellazione n. {order} del "
    "{on}. Nel registro resta l’impronta del documento prima della cancellazione."
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
    edition = DocumentEdition(
        subject=SUBJECT,
        subject_id=registration.id,
        number=len(editions) + 1,
        digest=was,
        pdf_sha256=None,
        replaced_at=tx.now,
        order_id=order_id,
    )
    tx.session.add(edition)
    destroy_files(tx, edition, stream=subject_of(registration.id))
    on = day_at(tx.now)
    said = (str(content.get("notice") or ""), _NOTICE.format(order=order, on=on))
    registration.content = {**content, "notice": " ".join(filter(None, said))}
    registration.redacted_digest = sha256_of(registration.content)
    redacted = DocumentRedacted(
        registration_id=registration.id,
        edition=len(editions) + 2,
        former_sha256=was,
        digest=registration.redacted_digest,
        order_id=order_id,
    )
    tx.record(register_stream(registration.zone_id), redacted)
