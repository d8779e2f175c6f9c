"""The table of sealed documents."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment


class DocumentSeal(Base):
    """A document's PDF with the zone's seal (PAdES).

    subject: what it is, as its stream in the log, or by the number of its registration if the
    register keeps it (`seals.queries.subject_of`); document_digest: SHA-256 (hex) of the document;
    plain_sha256, plain_size: of the PDF before sealing, which is the first revision of `content`;
    sha256: of `content`. signer: the name in the certificate; fingerprint: its SHA-256; demo: True
    for a certificate that this site made itself, to show how it works. stamped_at, stamped_by: the
    time that an authority stamped (RFC 3161), and its name, if one is configured.
    """

    __tablename__ = "document_seal"

    id: Mapped[Id]
    subject: Mapped[Line] = mapped_column(unique=True)
    document_digest: Mapped[Line] = mapped_column(index=True)
    plain_sha256: Mapped[Line] = mapped_column(index=True)
    plain_size: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[Line] = mapped_column(unique=True)
    signer: Mapped[Line]
    fingerprint: Mapped[Line]
    demo: Mapped[bool]
    sealed_at: Mapped[Moment]
    stamped_at: Mapped[Moment | None]
    stamped_by: Mapped[Line | None]
