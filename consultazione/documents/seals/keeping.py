"""Keeping a seal, and finding a document by a file's digest."""

from __future__ import annotations

import hashlib

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.sealing import sealed
from consultazione.documents.seals.signer import SealSigner


def keep_seal(
    tx: Transaction, *, subject: str, digest: str, plain: bytes, signer: SealSigner
) -> DocumentSeal:
    """The seal of a document, made if there is none yet. Idempotent; checks no permission.

    subject: its stream in the log; digest: SHA-256 (hex) of the document; plain: its PDF.
    """
    found = seal_of(tx.session, subject)
    if found is not None:
        return found
    made = sealed(plain, signer, reason=f"SHA-256 {digest}")
    seal = DocumentSeal(
        subject=subject,
        document_digest=digest,
        plain_sha256=hashlib.sha256(plain).hexdigest(),
        plain_size=len(plain),
        content=made.content,
        sha256=made.sha256,
        signer=made.signer,
        fingerprint=made.fingerprint,
        demo=made.demo,
        sealed_at=tx.now,
    )
    tx.session.add(seal)
    tx.flush()
    return seal


def seal_of(session: Session, subject: str) -> DocumentSeal | None:
    """The seal of a document, by its stream; None while there is none."""
    return session.scalar(select(DocumentSeal).filter_by(subject=subject))


def seal_by_digest(session: Session, sha256: str) -> DocumentSeal | None:
    """The sealed document with that digest: of the sealed file, the plain one, or the document."""
    columns = (DocumentSeal.sha256, DocumentSeal.plain_sha256, DocumentSeal.document_digest)
    return session.scalar(
        select(DocumentSeal).where(or_(*(one == sha256 for one in columns))).limit(1)
    )
