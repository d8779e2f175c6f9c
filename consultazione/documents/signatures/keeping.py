"""Freezing the copy to be signed, and keeping a signature; the commands of features call these."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select

from consultazione.core.db import Transaction
from consultazione.core.permissions import acting_person
from consultazione.documents.signatures import METHODS
from consultazione.documents.signatures.models import Signature, SigningCopy


def freeze_copy(tx: Transaction, *, digest: str, content: bytes) -> SigningCopy:
    """Keep the copy to be signed of a document that has none yet.

    Checks no permission, and records nothing: the caller's command does.
    """
    copy = SigningCopy(
        document_digest=digest,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        frozen_at=tx.now,
    )
    tx.session.add(copy)
    tx.flush()
    return copy


def keep_signature(tx: Transaction, *, digest: str, method: str, proof: Any) -> Signature:
    """Spend a proof, and keep what it shows. Refuses as the method does."""
    confirmed = METHODS[method].confirm(tx, digest=digest, proof=proof)
    file = confirmed.file
    signature = Signature(
        document_digest=digest,
        person_id=acting_person(tx.actor),
        method=method,
        report=confirmed.report,
        evidence=confirmed.evidence,
        file=file,
        file_sha256=hashlib.sha256(file).hexdigest() if file is not None else None,
        signed_at=tx.now,
    )
    tx.session.add(signature)
    tx.flush()
    return signature


def take_signer_out(tx: Transaction, person_id: int, name: str) -> None:
    """Destroy the files that a person signed; what was found of each stays, under that name."""
    for signature in tx.session.scalars(select(Signature).filter_by(person_id=person_id)):
        signature.file = None
        if "signer" in signature.report:
            signature.report = {**signature.report, "signer": name}
