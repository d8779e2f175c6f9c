"""Queries on easy-to-read summaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consultazione.core.actor import Actor
from consultazione.core.errors import NotFound
from consultazione.core.permissions import Permission
from consultazione.documents.easy.models import EasySummary
from consultazione.documents.easy.rights import may_explain
from consultazione.documents.easy.subjects import Original, Subject, subject_of


@dataclass(frozen=True)
class Explained:
    """A summary beside the document that it explains, both as they stand now."""

    row: EasySummary
    original: Original

    @property
    def is_stale(self) -> bool:
        """True if the document is no more the one for which the summary was written."""
        return self.row.digest != self.original.digest


@dataclass(frozen=True)
class EasyOffer:
    """What a document's page says of its summary: the summary, if there is one, and who may write.

    It has one kind and one id, by which its pages are found.
    """

    subject: Subject
    object_id: int
    explained: Explained | None
    may_write: bool

    @property
    def of(self) -> dict[str, int]:
        """What the address of the summary is made of."""
        return {self.subject.parameter: self.object_id}


def easy_offer(
    session: Session, actor: Actor, subject: Subject, object_id: int
) -> EasyOffer | None:
    """What to say of a document's summary; None for what is not open to everybody."""
    try:
        original = subject.original(session, object_id)
    except NotFound:
        return None
    row = stored_summary(session, subject, object_id)
    shown = Explained(row, original) if row and row.withdrawn_at is None else None
    may_write = may_explain(actor, Permission.WRITE_EASY_SUMMARY, original)
    return EasyOffer(subject, object_id, shown, may_write)


def stored_summary(session: Session, subject: Subject, object_id: int) -> EasySummary | None:
    """The summary of a document, withdrawn ones too; None if it was never written."""
    query = select(EasySummary).filter_by(subject=subject.name, object_id=object_id)
    return session.scalar(query.options(joinedload(EasySummary.writer)))


def get_explained(session: Session, subject: Subject, object_id: int) -> Explained:
    """A document's summary; NotFound if there is none, or if it was withdrawn."""
    original = subject.original(session, object_id)
    row = stored_summary(session, subject, object_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound(_("This document has no summary in easy language."))
    return Explained(row, original)


def summaries_after(session: Session, zone_id: int, *, after: int, limit: int) -> list[EasySummary]:
    """A zone's summaries with ids above `after`, by id, but for those that were withdrawn."""
    query = (
        select(EasySummary)
        .filter_by(zone_id=zone_id, withdrawn_at=None)
        .where(EasySummary.id > after)
        .order_by(EasySummary.id)
    )
    return list(session.scalars(query.limit(limit)))


def explained(session: Session, rows: Iterable[EasySummary]) -> Iterator[Explained]:
    """Summaries with their documents; left out are those whose document is gone."""
    for row in rows:
        with suppress(NotFound):
            yield Explained(row, subject_of(row.subject).original(session, row.object_id))
