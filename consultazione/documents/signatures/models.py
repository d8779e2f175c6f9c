"""Tables of signatures: copies to be signed, and what was found of each signature."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment
from consultazione.documents.signatures.report import Report


class SigningCopy(Base):
    """The copy of a document that is signed, frozen: PDF/A-2a without attachments.

    document_digest: SHA-256 (hex) of the document; sha256, size: of these very bytes, which
    every signed file has to contain.
    """

    __tablename__ = "signing_copy"

    document_digest: Mapped[Line] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[Line] = mapped_column(unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    frozen_at: Mapped[Moment]


class Signature(Base):
    """A signature over a document. file: the signed file, if there is one; evidence: what else
    proves it. An emptied `report` is one whose signer's name was erased.
    """

    __tablename__ = "document_signature"
    __table_args__ = (Index("ix_document_signature_document_digest", "document_digest"),)

    id: Mapped[Id]
    document_digest: Mapped[Line]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    method: Mapped[Line]
    report: Mapped[Report] = mapped_column(JSONB)
    evidence: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    file: Mapped[bytes | None] = mapped_column(deferred=True)
    file_sha256: Mapped[Line | None] = mapped_column(index=True)
    signed_at: Mapped[Moment]
