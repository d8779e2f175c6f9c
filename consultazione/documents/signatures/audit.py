"""What signatures, and the copies that are signed, must say by the streams of their documents."""

from __future__ import annotations

from consultazione.core.audit import ACTOR, AT, Audit, Past, adds, drops, hashed, register
from consultazione.documents.signatures.models import Signature, SigningCopy


def _is_kept(entry: Past) -> bool:
    """Answers of before there were rows of signatures name none."""
    return entry.data.get("signature_id") is not None


SIGNATURE = Audit(
    Signature,
    adds(
        (
            "minutes.signed",
            "outcome.signed",
            "outcome.signed_with_note",
            "outcome.declined",
            "outcome.adhered",
        ),
        when=_is_kept,
        id="signature_id",
        document_digest="digest",
        person_id=ACTOR,
        method="method",
        signed_at=AT,
    ),
)
COPY = Audit(
    SigningCopy,
    adds(
        ("minutes.copy_frozen", "outcome.copy_frozen"),
        document_digest="digest",
        content=hashed("sha256"),
        sha256="sha256",
        frozen_at=AT,
    ),
    drops(("minutes.edition_issued", "outcome.edition_issued"), document_digest="former_sha256"),
)

register("minutes", "outcome", audits=(SIGNATURE, COPY), apart=True)
