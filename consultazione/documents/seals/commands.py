"""Sealing a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial

from consultazione.core.db import Transaction
from consultazione.core.events import Event
from consultazione.core.permissions import Permission, require
from consultazione.documents.events import register_stream
from consultazione.documents.models import Registration
from consultazione.documents.seals.events import DocumentSealed, RegistrationSealed
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import seal_of, subject_of
from consultazione.documents.seals.sealing import sealed
from consultazione.documents.seals.signer import SealSigner

# Locks the row of a document; False if it is not, or not any more, what was to be sealed.
Lock = Callable[[], bool]


def seal_document(
    tx: Transaction,
    *,
    zone_id: int,
    subject: str,
    digest: str,
    plain: Callable[[], bytes],
    signer: SealSigner,
    lock: Lock,
) -> DocumentSeal | None:
    """The seal of a published document, made if there is none yet. Idempotent.

    subject: its stream in the log; digest: SHA-256 (hex) of the document; plain: makes its PDF.
    The seal is made before the lock, so that nobody waits for typesetter and time stamp; None if
    an order replaced the document meanwhile, whose new edition has a job of its own.
    """
    require(tx.actor, Permission.SEAL_DOCUMENT, zone_id=zone_id)

    def told(seal: DocumentSeal) -> Event:
        return DocumentSealed(
            digest=digest, sha256=seal.sha256, certificate=seal.fingerprint, demo=seal.demo
        )

    made = partial(_made, tx, subject, digest, plain, signer)
    return _once(tx, subject, made, lock, stream=subject, told=told)


def seal_registration(
    tx: Transaction,
    registration: Registration,
    *,
    plain: Callable[[], bytes],
    signer: SealSigner,
    lock: Lock,
) -> DocumentSeal | None:
    """The seal of a document that the register keeps, made if there is none yet; as above.

    plain: makes its PDF, as it is now.
    """
    require(tx.actor, Permission.SEAL_REGISTRATION, zone_id=registration.zone_id)
    subject = subject_of(registration.id)
    digest = registration.redacted_digest or registration.digest

    def told(seal: DocumentSeal) -> Event:
        return RegistrationSealed(
            registration_id=registration.id,
            digest=digest,
            sha256=seal.sha256,
            certificate=seal.fingerprint,
            demo=seal.demo,
        )

    made = partial(_made, tx, subject, digest, plain, signer)
    stream = register_stream(registration.zone_id)
    return _once(tx, subject, made, lock, stream=stream, told=told)


def _once(
    tx: Transaction,
    subject: str,
    made: Callable[[], DocumentSeal],
    lock: Lock,
    *,
    stream: str,
    told: Callable[[DocumentSeal], Event],
) -> DocumentSeal | None:
    """The seal of a subject, made before the lock, and kept and recorded if none was meanwhile."""
    if (found := seal_of(tx.session, subject)) is not None:
        return found
    seal = made()
    if not lock():
        return None
    if (found := seal_of(tx.session, subject)) is not None:
        return found
    tx.session.add(seal)
    tx.flush()
    tx.record(stream, told(seal))
    return seal


def _made(
    tx: Transaction, subject: str, digest: str, plain: Callable[[], bytes], signer: SealSigner
) -> DocumentSeal:
    content = plain()
    made = sealed(content, signer, reason=f"SHA-256 {digest}")
    return DocumentSeal(
        subject=subject,
        document_digest=digest,
        plain_sha256=hashlib.sha256(content).hexdigest(),
        plain_size=len(content),
        content=made.content,
        sha256=made.sha256,
        signer=made.signer,
        fingerprint=made.fingerprint,
        demo=made.demo,
        sealed_at=tx.now,
        stamped_at=made.stamped_at,
        stamped_by=made.stamped_by,
    )
