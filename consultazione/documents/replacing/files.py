"""Files of an edition that an order replaced: their bytes are destroyed, their digests stay.

By its digest the verify page still knows an old file, and says which edition it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ForeignKey, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Line
from consultazione.core.db import Transaction
from consultazione.documents.editions import DocumentEdition
from consultazione.documents.seals.queries import seal_of
from consultazione.documents.signatures.models import Signature, SigningCopy


class ReplacedFile(Base):
    """A file of a replaced edition: sealed, plain, to be signed, or signed; never changed."""

    __tablename__ = "replaced_file"

    sha256: Mapped[Line] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("document_edition.id"))


def destroy_files(tx: Transaction, edition: DocumentEdition, *, stream: str) -> None:
    """Destroy every file of an edition that is replaced, and keep their digests.

    stream: under which the document's seal is kept. The caller holds the document's row, so that
    no job seals it meanwhile. What was found of a signature stays with it. Idempotent.
    """
    tx.flush()
    for sha256 in sorted(set(_taken(tx.session, edition, stream))):
        tx.session.merge(ReplacedFile(sha256=sha256, edition_id=edition.id))
    tx.flush()


def edition_of_file(session: Session, sha256: str) -> DocumentEdition | None:
    """The replaced edition with that digest, of its data or of a file of it; None if none has."""
    of_file = select(ReplacedFile.edition_id).where(ReplacedFile.sha256 == sha256)
    known = or_(DocumentEdition.digest == sha256, DocumentEdition.id.in_(of_file))
    return session.scalar(select(DocumentEdition).where(known).limit(1))


def _taken(session: Session, edition: DocumentEdition, stream: str) -> Iterator[str]:
    """Take the files away one by one; yields their digests."""
    if edition.pdf_sha256 is not None:
        yield edition.pdf_sha256
    if (seal := seal_of(session, stream)) is not None:
        yield from (seal.sha256, seal.plain_sha256)
        session.delete(seal)
    if (copy := session.get(SigningCopy, edition.digest)) is not None:
        yield copy.sha256
        session.delete(copy)
    signed = (Signature.document_digest == edition.digest) & Signature.file_sha256.is_not(None)
    bare = update(Signature).where(signed).values(file=None).returning(Signature.file_sha256)
    apart = {"synchronize_session": False}
    yield from filter(None, session.scalars(bare, execution_options=apart).all())
