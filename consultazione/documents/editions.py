"""Editions of sealed documents: what an order took out of one, and which digests it had before.

A document that was sealed never changes, but for one reason: the law orders that personal data
leave it (GDPR, art. 17). What remains is then a new edition under a new digest. The document
itself says which editions it replaces, so that page, PDF and REST say the same; the register
here finds them by their digests. The bytes of a replaced edition are gone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict

from flask_babel import gettext as _
from sqlalchemy import BigInteger, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Id, Line, Moment
from consultazione.documents.paper.wording import day_at

_IN_ITALIAN = (
    "Edizione {number}: ne sono stati tolti dati personali in esecuzione dell’ordine di "
    "cancellazione n. {order} del {on}. Nient’altro è cambiato."
)
_EARLIER_IN_ITALIAN = "L’edizione {number} aveva l’impronta {digest}."


class Replaced(TypedDict):
    """An edition that was replaced: its number, and the digests of its data and of its PDF."""

    number: int
    digest: str
    pdf_sha256: str | None


class Edition(TypedDict):
    """Which edition a document is, by which order, and what it replaces.

    order: the number of the order in its zone, and the day on which it was carried out, in words.
    """

    number: int
    order: int
    on: str
    replaces: list[Replaced]


class DocumentEdition(Base):
    """An edition of a sealed document that was replaced by order; never changed or deleted.

    subject, subject_id: the table and the id of the document. order_id: the order.
    """

    __tablename__ = "document_edition"
    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "number"),
        Index("ix_document_edition_digest", "digest"),
    )

    id: Mapped[Id]
    subject: Mapped[Line]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    digest: Mapped[Line]
    pdf_sha256: Mapped[Line | None]
    replaced_at: Mapped[Moment]
    order_id: Mapped[int] = mapped_column(BigInteger)


def replaced_editions(session: Session, subject: str, subject_id: int) -> list[DocumentEdition]:
    """The editions of a document that were replaced, the first one first."""
    query = select(DocumentEdition).filter_by(subject=subject, subject_id=subject_id)
    return list(session.scalars(query.order_by(DocumentEdition.number)))


def next_edition(
    before: Edition | None, digest: str, pdf_sha256: str | None, *, order: int, now: datetime
) -> Edition:
    """What the next edition of a document says of itself.

    before: the edition that it replaces; None for the first. digest, pdf_sha256: of that one.
    """
    replaced: Replaced = {"number": number_of(before), "digest": digest, "pdf_sha256": pdf_sha256}
    return {
        "number": replaced["number"] + 1,
        "order": order,
        "on": day_at(now),
        "replaces": [*(before["replaces"] if before else ()), replaced],
    }


def number_of(edition: Edition | None) -> int:
    """The number of an edition; 1 for a document that was never replaced."""
    return 1 if edition is None else edition["number"]


def edition_signed(edition: Edition | None, digest: str | None) -> int | None:
    """The number of the replaced edition that has this digest; None if none has."""
    replaces: Collection[Replaced] = edition["replaces"] if edition else ()
    return next((one["number"] for one in replaces if one["digest"] == digest), None)


def edition_lines(edition: Edition | None) -> list[str]:
    """What a PDF says of an edition: Italian, as the document is; nothing of the first one."""
    if edition is None:
        return []
    said = _IN_ITALIAN.format(**edition)
    return [said, *(_EARLIER_IN_ITALIAN.format(**one) for one in edition["replaces"])]


def edition_sentences(edition: Edition | None) -> list[str]:
    """What a page says of an edition, in the reader's language; nothing of the first one."""
    if edition is None:
        return []
    said = _(
        "Edition %(number)s: personal data was taken out of it by order (erasure order no. "
        "%(order)s, %(on)s). Nothing else in it has changed.",
        number=edition["number"],
        order=edition["order"],
        on=edition["on"],
    )
    earlier = [
        _("Edition %(number)s had the digest %(digest)s.", **one) for one in edition["replaces"]
    ]
    return [str(said), *map(str, earlier)]
