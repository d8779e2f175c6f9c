"""A step of erasures by order: an outcome without what was erased, as a new edition.

Answers were given to the document of before: they keep its digest, and are not asked for again,
since what was agreed has not changed.
"""

from __future__ import annotations

from consultazione.core.canonical import sha256_of
from consultazione.core.db import Transaction
from consultazione.documents.editions import DocumentEdition, Edition, next_edition
from consultazione.documents.replacing.files import destroy_files
from consultazione.outcomes.events import OutcomeEditionIssued, outcome_stream
from consultazione.outcomes.models import Outcome
from consultazione.outcomes.types import OutcomeDocument


def issue_outcome_edition(
    tx: Transaction, outcome: Outcome, document: OutcomeDocument, *, order: int, order_id: int
) -> Edition:
    """Freeze a new edition of an outcome, whose row is locked.

    document: what stood before, without what the order erases. order: its number in the zone.
    Every file of before is destroyed, the copy to be signed and the signed ones among them.
    """
    was = outcome.digest
    edition = next_edition(document.get("edition"), was, None, order=order, now=tx.now)
    replaced = DocumentEdition(
        subject="outcome",
        subject_id=outcome.id,
        number=edition["number"] - 1,
        digest=was,
        pdf_sha256=None,
        replaced_at=tx.now,
        order_id=order_id,
    )
    tx.session.add(replaced)
    destroy_files(tx, replaced, stream=outcome_stream(outcome.id))
    outcome.document = {**document, "edition": edition}
    outcome.digest = sha256_of(outcome.document)
    issued = OutcomeEditionIssued(
        outcome_id=outcome.id,
        edition=edition["number"],
        former_sha256=was,
        digest=outcome.digest,
        order_id=order_id,
    )
    tx.record(outcome_stream(outcome.id), issued)
    return edition
