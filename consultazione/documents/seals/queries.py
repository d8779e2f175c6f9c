"""Reading the seal of a document, and finding a document by a file's digest."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.documents.models import Registration
from consultazione.documents.seals.models import DocumentSeal

_KEPT = "document:"


def seal_of(session: Session, subject: str) -> DocumentSeal | None:
    """The seal of a document, by its stream; None while there is none."""
    return session.scalar(select(DocumentSeal).filter_by(subject=subject))


def seal_by_digest(session: Session, sha256: str) -> DocumentSeal | None:
    """The sealed document with that digest: of the sealed file, the plain one, or the document."""
    columns = (DocumentSeal.sha256, DocumentSeal.plain_sha256, DocumentSeal.document_digest)
    return session.scalar(
        select(DocumentSeal).where(or_(*(one == sha256 for one in columns))).limit(1)
    )


def subject_of(registration_id: int) -> str:
    """Under which subject the seal of a document is kept that the register keeps."""
    return f"{_KEPT}{registration_id}"


def registration_sealed_by(session: Session, seal: DocumentSeal) -> Registration | None:
    """The registration whose document has this seal; None if a feature keeps the document."""
    if not seal.subject.startswith(_KEPT):
        return None
    return session.get(Registration, int(seal.subject.removeprefix(_KEPT)))
