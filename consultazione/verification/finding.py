"""What this site knows of a file, by its digest or by those of its revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.documents.editions import DocumentEdition, replaced_editions
from consultazione.documents.models import Registration
from consultazione.documents.replacing.files import edition_of_file
from consultazione.documents.seals.keeping import seal_by_digest, seal_of
from consultazione.documents.seals.models import DocumentSeal
from consultazione.documents.signatures.models import Signature, SigningCopy
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import Minutes, MinutesState
from consultazione.outcomes.events import outcome_stream
from consultazione.outcomes.models import Outcome


class What(StrEnum):
    """What a file is, of all that was published."""

    SEALED = "sealed"
    PLAIN = "plain"
    DATA = "data"
    COPY = "copy"
    SIGNED = "signed"


@dataclass(frozen=True)
class Subject:
    """The document that a file is of. at: since when it is published."""

    title: str
    minutes_id: int | None
    outcome_id: int | None
    digest: str
    at: datetime | None


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
        subject = _subject(session, seal.document_digest)
        what = kinds.get(sha256, What.DATA)
        return Found(what, subject, seal) if subject else None
    if (copy := _copy(session, sha256)) is not None:
        return _found(session, What.COPY, copy.document_digest)
    signed = session.scalar(select(Signature).filter_by(file_sha256=sha256).limit(1))
    if signed is not None:
        return _found(session, What.SIGNED, signed.document_digest, signed)
    plain = session.scalar(select(Minutes.digest).filter_by(pdf_sha256=sha256).limit(1))
    return _found(session, What.PLAIN if plain else What.DATA, plain or sha256)


def base_of(session: Session, digests: Sequence[str]) -> tuple[str, Found] | None:
    """The latest revision of a file that was published here, with its digest."""
    for digest in reversed(digests):
        if (found := found_by(session, digest)) is not None:
            return digest, found
    return None


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
    return _copy(session, sha256)


def _copy(session: Session, sha256: str) -> SigningCopy | None:
    return session.scalar(select(SigningCopy).filter_by(sha256=sha256))


def _found(
    session: Session, what: What, digest: str, signature: Signature | None = None
) -> Found | None:
    subject = _subject(session, digest)
    if subject is None:
        return None
    stream = outcome_stream(subject.outcome_id) if subject.outcome_id else None
    if stream is None:
        sitting = session.scalar(select(Minutes.sitting_id).filter_by(id=subject.minutes_id))
        stream = minutes_stream(sitting or 0)
    return Found(what, subject, seal_of(session, stream), signature)


def _subject(session: Session, digest: str) -> Subject | None:
    """The published minutes or the outcome with that digest."""
    outcome = session.scalar(select(Outcome).filter_by(digest=digest))
    if outcome is not None:
        title = outcome.document["title"]
        return Subject(title, None, outcome.id, digest, outcome.opened_at)
    published = {"digest": digest, "state": MinutesState.PUBLISHED}
    minutes = session.scalar(select(Minutes).filter_by(**published))
    if minutes is None:
        return None
    return Subject(minutes.sitting.title, minutes.id, None, digest, minutes.published_at)
