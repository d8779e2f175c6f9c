"""The zone's register: numbers by kind and year, without gaps, given when a document is frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.documents.events import DocumentRegistered, register_stream
from consultazione.documents.kinds import DocumentKind
from consultazione.documents.models import RegisterCounter, Registration
from consultazione.documents.paper.model import Paper, digest_of, to_json


class Reference(NamedTuple):
    """A number in the register, and its year."""

    number: int
    year: int


def register_document(
    tx: Transaction,
    zone_id: int,
    kind: DocumentKind,
    *,
    object_id: int,
    digest: str,
    version: int = 1,
    content: Mapping[str, object] | None = None,
    organisation_id: int | None = None,
    reference: Reference | None = None,
) -> Registration:
    """Give a frozen document its number in the zone's register; idempotent for a version.

    The year is that of the transaction's moment in Italy. digest: SHA-256 (hex) of what is frozen.
    content: the document as JSON, where its feature keeps none. organisation_id: for whom it is,
    if not for everybody. reference: the number that the document bears itself, taken before.

    A part of the command that freezes the document, which asks "may they?" and locks the object.
    It locks the counter until the transaction ends: call it last. The number of a transaction that
    is rolled back goes to the next one (DPR 445/2000, 53: numbers are progressive).
    """
    known = registration_of(tx.session, kind, object_id, version)
    if known is not None:
        return known
    taken = reference or take_reference(tx, zone_id, kind)
    registration = Registration(
        zone_id=zone_id,
        kind=kind.name,
        year=taken.year,
        number=taken.number,
        object_id=object_id,
        version=version,
        digest=digest,
        content=None if content is None else dict(content),
        organisation_id=organisation_id,
        registered_at=tx.now,
        registered_by=tx.actor.person_id,
    )
    tx.session.add(registration)
    tx.flush()
    tx.record(register_stream(zone_id), _registered(registration))
    return registration


def register_as_it_stands(
    tx: Transaction, zone_id: int, kind: DocumentKind, *, object_id: int, document: Paper
) -> Registration:
    """Number a document that the register keeps, as the next version; as `register_document`.

    The latest one is returned if it says the same and was not annulled.
    """
    latest, digest = registration_of(tx.session, kind, object_id), digest_of(document)
    if latest is not None and latest.digest == digest and latest.annulled_at is None:
        return latest
    return register_document(
        tx,
        zone_id,
        kind,
        object_id=object_id,
        version=latest.version + 1 if latest else 1,
        digest=digest,
        content=to_json(document),
    )


def take_reference(tx: Transaction, zone_id: int, kind: DocumentKind) -> Reference:
    """Take the next number of a kind, for a document that bears it in what its digest covers.

    `register_document` has to follow in the same transaction, or the register has a gap.
    """
    year = tx.today.year
    return Reference(_next_number(tx, zone_id, kind.name, year), year)


def note_file(tx: Transaction, kind: DocumentKind, object_id: int, file_digest: str) -> None:
    """Note the SHA-256 (hex) of a document's PDF; the command that writes the PDF records it.

    That of the PDF with the zone's seal stands with the seal (`DocumentSeal.sha256`). Nothing
    for a document that has no number.
    """
    registration = registration_of(tx.session, kind, object_id)
    if registration is not None:
        registration.file_digest = file_digest


def registration_of(
    session: Session, kind: DocumentKind, object_id: int, version: int | None = None
) -> Registration | None:
    """The registration of a version of an object, else of its latest one; None if it has none."""
    query = select(Registration).filter_by(kind=kind.name, object_id=object_id)
    if version is not None:
        query = query.filter_by(version=version)
    return session.scalar(query.order_by(Registration.version.desc()).limit(1))


def registrations_of(
    session: Session, kind: DocumentKind, object_ids: Collection[int]
) -> dict[int, Registration]:
    """The latest registration of each object that has one, by its id."""
    query = select(Registration).where(
        Registration.kind == kind.name, Registration.object_id.in_(object_ids)
    )
    return {row.object_id: row for row in session.scalars(query.order_by(Registration.version))}


def _next_number(tx: Transaction, zone_id: int, kind: str, year: int) -> int:
    """Count one up under the lock of the counter's row, which is made with the first number."""
    first = insert(RegisterCounter).values(zone_id=zone_id, kind=kind, year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["zone_id", "kind", "year"], set_={"last": RegisterCounter.last + 1}
    )
    return tx.session.execute(counted.returning(RegisterCounter.last)).scalar_one()


def _registered(registration: Registration) -> DocumentRegistered:
    return DocumentRegistered(
        registration_id=registration.id,
        document_kind=registration.kind,
        object_id=registration.object_id,
        version=registration.version,
        year=registration.year,
        number=registration.number,
        digest=registration.digest,
    )
