"""What this site knows of a file, by its digest or by those of its revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consultazione.documents.editions import DocumentEdition, replaced_editions
from consultazione.documents.kinds import kind_of
from consultazione.documents.models import Registration
from consultazione.documents.queries import seal_of_document
from consultazione.documents.register import registration_of
from consultazione.documents.replacing.files import edition_of_file
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.seals.queries import (
    registration_sealed_by,
    seal_by_digest,
    seal_of,
)
from consultazione.documents.signatures.models import Signature, SigningCopy
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.kind import MINUTES
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.kind import OUTCOME
from consultazione.outcomes.models import Outcome


class What(StrEnum):
    """What a file is, of all that was published."""

    SEALED = "sealed"
    PLAIN = "plain"
    DATA = "data"
    COPY = "copy"
    SIGNED = "signed"
    REGISTERED = "registered"


@dataclass(frozen=True)
class Subject:
    """The document that a file is of.

    title: "" for a document that is not for everybody. stream: under which its seal is kept, "" for
    none. registration: its number, if it has one.
    """

    title: str
    digest: str
    stream: str = ""
    minutes_id: int | None = None
    outcome_id: int | None = None
    registration: Registration | None = None


@dataclass(frozen=True)
class Found:
    """A file that is known. seal: that of its document; signature: if it was handed in signed."""

    what: What
    subject: Subject
    seal: DocumentSeal | None
    signature: Signature | None = None


@dataclass(frozen=True)
class Replaced:
    """A file of an edition that an order of erasure replaced.

    number: of that edition; now: of the one that is here. The document is the minutes, the outcome
    or the registration with that id.
    """

    number: int
    now: int
    minutes_id: int | None = None
    outcome_id: int | None = None
    registration_id: int | None = None


def replaced_by_digests(session: Session, digests: Sequence[str]) -> Replaced | None:
    """The replaced edition of which a file is, by the digests of its latest revision or earlier
    ones, the latest first; None if it is none.
    """
    editions = (edition_of_file(session, digest) for digest in digests)
    edition = next((one for one in editions if one is not None), None)
    return _replaced(session, edition) if edition is not None else None


def found_by(session: Session, sha256: str) -> Found | None:
    """What is known of a file with that digest (hex); None if it is nothing published here."""
    if (seal := seal_by_digest(session, sha256)) is not None:
        kinds = {seal.sha256: What.SEALED, seal.plain_sha256: What.PLAIN}
        subject = _sealed_subject(session, seal)
        what = kinds.get(sha256, What.DATA)
        return Found(what, subject, seal) if subject else None
    if (copy := copy_of(session, sha256)) is not None:
        return _found(session, What.COPY, copy.document_digest)
    signed = session.scalar(select(Signature).filter_by(file_sha256=sha256).limit(1))
    if signed is not None:
        return _found(session, What.SIGNED, signed.document_digest, signed)
    plain = session.scalar(select(Minutes.digest).filter_by(pdf_sha256=sha256).limit(1))
    published = _found(session, What.PLAIN if plain else What.DATA, plain or sha256)
    return published or _registered(session, sha256)


def base_of(session: Session, digests: Sequence[str]) -> Found | None:
    """The latest revision of a file that was published here; None if none was."""
    known = (found_by(session, digest) for digest in reversed(digests))
    return next((one for one in known if one is not None), None)


def _replaced(session: Session, edition: DocumentEdition) -> Replaced | None:
    """None for minutes that nobody can read yet."""
    subject_id = edition.subject_id
    now = len(replaced_editions(session, edition.subject, subject_id)) + 1
    if edition.subject == Outcome.__tablename__:
        return Replaced(edition.number, now, outcome_id=subject_id)
    if edition.subject == Registration.__tablename__:
        return Replaced(edition.number, now, registration_id=subject_id)
    minutes = session.get_one(Minutes, subject_id)
    if minutes.state is not MinutesState.PUBLISHED:
        return None
    return Replaced(edition.number, now, minutes_id=subject_id)


def copy_of(session: Session, sha256: str) -> SigningCopy | None:
    """The copy to be signed with those bytes; None if it is none."""
    return session.scalar(select(SigningCopy).filter_by(sha256=sha256))


def _found(
    session: Session, what: What, digest: str, signature: Signature | None = None
) -> Found | None:
    subject = _subject(session, digest)
    if subject is None:
        return None
    return Found(what, subject, seal_of(session, subject.stream), signature)


def _subject(session: Session, digest: str) -> Subject | None:
    """The published minutes or the outcome with that digest."""
    outcome = session.scalar(select(Outcome).filter_by(digest=digest))
    if outcome is not None:
        title, stream = outcome.document["title"], outcome_stream(outcome.id)
        number = registration_of(session, OUTCOME, outcome.id)
        return Subject(title, digest, stream, outcome_id=outcome.id, registration=number)
    published = {"digest": digest, "state": MinutesState.PUBLISHED}
    minutes = session.scalar(select(Minutes).filter_by(**published))
    if minutes is None:
        return None
    title, stream = minutes.sitting.title, minutes_stream(minutes.sitting_id)
    number = registration_of(session, MINUTES, minutes.id)
    return Subject(title, digest, stream, minutes_id=minutes.id, registration=number)


def _sealed_subject(session: Session, seal: DocumentSeal) -> Subject | None:
    row = registration_sealed_by(session, seal)
    return _subject(session, seal.document_digest) if row is None else _kept(session, row)


def _kept(session: Session, row: Registration) -> Subject:
    """A document of the register; what one for an organisation is called, only they read."""
    titles = {} if row.organisation_id else kind_of(row.kind).titles(session, [row.object_id])
    return Subject(titles.get(row.object_id, ""), row.digest, registration=row)


def _registered(session: Session, sha256: str) -> Found | None:
    """A document of the register; None for an edition of one that an order replaced.

    Of documents that are equal, the one that is not annulled, then the latest.
    """
    columns = (Registration.digest, Registration.redacted_digest, Registration.file_digest)
    known = select(Registration).where(or_(*(one == sha256 for one in columns)))
    in_force = (Registration.annulled_at.is_not(None), Registration.id.desc())
    row = session.scalar(known.order_by(*in_force).limit(1))
    if row is None or edition_of_file(session, sha256) is not None:
        return None
    what = What.PLAIN if sha256 == row.file_digest else What.REGISTERED
    return Found(what, _kept(session, row), seal_of_document(session, row))
