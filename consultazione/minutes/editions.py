"""A step of erasures by order: approved minutes without what was erased, as a new edition."""

from __future__ import annotations

from sqlalchemy import delete

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.documents.editions import DocumentEdition, Edition, next_edition
from consultazione.documents.replacing.files import destroy_files
from consultazione.minutes.compose.types import MinutesDocument
from consultazione.minutes.events import MinutesEditionIssued, minutes_stream
from consultazione.minutes.models import Minutes, MinutesPdf


def issue_minutes_edition(
    tx: Transaction, minutes: Minutes, document: MinutesDocument, *, order: int, order_id: int
) -> Edition:
    """Freeze a new edition of approved minutes, whose row is locked; a worker writes its PDF.

    document: what stood before, without what the order erases. order: its number in the zone.
    Every file of before is destroyed, its digest kept. ValueError for a draft.
    """
    if minutes.digest is None:
        raise ValueError(f"minutes {minutes.id} are not approved")
    edition = next_edition(
        document.get("edition"), minutes.digest, minutes.pdf_sha256, order=order, now=tx.now
    )
    replaced = DocumentEdition(
        subject="minutes",
        subject_id=minutes.id,
        number=edition["number"] - 1,
        digest=minutes.digest,
        pdf_sha256=minutes.pdf_sha256,
        replaced_at=tx.now,
        order_id=order_id,
    )
    tx.session.add(replaced)
    destroy_files(tx, replaced, stream=minutes_stream(minutes.sitting_id))
    tx.session.execute(delete(MinutesPdf).where(MinutesPdf.minutes_id == minutes.id))
    was = minutes.digest
    minutes.document = {**document, "edition": edition}
    minutes.digest, minutes.pdf_sha256 = sha256_of(minutes.document), None
    issued = MinutesEditionIssued(
        minutes_id=minutes.id,
        sitting_id=minutes.sitting_id,
        edition=edition["number"],
        former_sha256=was,
        digest=minutes.digest,
        order_id=order_id,
    )
    tx.record(minutes_stream(minutes.sitting_id), issued)
    return edition
