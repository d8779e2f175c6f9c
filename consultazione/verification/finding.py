"""What this site knows of a file, by its digest or by those of its revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

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
