"""Sealing a document."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, require
from consultazione.documents.seals.events import DocumentSealed
from consultazione.documents.seals.keeping import keep_seal, seal_of
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.signer import SealSigner


def seal_document(
    tx: Transaction, *, zone_id: int, subject: str, digest: str, plain: bytes, signer: SealSigner
) -> DocumentSeal:
    """The seal of a published document, made if there is none yet. Idempotent.

    subject: its stream in the log; digest: SHA-256 (hex) of the document; plain: its PDF.
    """
    require(tx.actor, Permission.SEAL_DOCUMENT, zone_id=zone_id)
    found = seal_of(tx.session, subject)
    if found is not None:
        return found
    seal = keep_seal(tx, subject=subject, digest=digest, plain=plain, signer=signer)
    told = DocumentSealed(
        digest=digest, sha256=seal.sha256, certificate=seal.fingerprint, demo=seal.demo
    )
    tx.record(subject, told)
    return seal
