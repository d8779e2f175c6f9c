"""What rows said before they were put right: who did it, when, why, each field before and after.

One shape for rows that can be corrected and have no table of versions of their own. The row itself
says what holds now; its version is 1, and one more with each revision. A command that corrects
something locks the row first, so that of two who have read the same version one is told that the
other came first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import Enum

from sqlalchemy import BigInteger, UniqueConstraint, func, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core import log
from consultazione.core.columns import Base, Document, Id, Line, Moment, Prose
from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid, Overtaken, Sentence
from consultazione.core.sentences import LazySentence as _


class Revision(Base):
    """One change of a row. Never changed itself, and never deleted.

    subject, subject_id: the table and the id of the row. version: the version that was replaced.
    was, now: the fields that were given, as JSON values. author_id: the person;
    None for the platform.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "version"),)

    id: Mapped[Id]
    subject: Mapped[Line]
    subject_id: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int]
    was: Mapped[Document]
    now: Mapped[Document]
    reason: Mapped[Prose | None]
    author_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[Moment]


def correct(
    tx: Transaction,
    row: Base,
    *,
    version: int,
    reason: str | None,
    after: Mapping[str, object],
    called: Mapping[str, str] | None = None,
) -> Revision:
    """Give a row that is locked its new values, keep what it said before, and return that.

    version: the version that was read. called: the names of inputs that are not those of the
    row's fields. Overtaken if there is a later version; Invalid on the first of the fields if
    none of them differs.
    """
    names = {name: name for name in after} | dict(called or {})
    now = {names[name]: getattr(row, name) for name in after}
    require_latest(read=version, version=version_of(tx.session, row), now=now)
    if all(getattr(row, name) == value for name, value in after.items()):
        raise Invalid.at(next(iter(after)), _("Nothing differs from what stands here already."))
    return revise(tx, row, reason=reason, after=after)


def require_latest(*, read: int, version: int, now: Mapping[str, object]) -> None:
    """Overtaken, with what stands, unless the version that was read is the one that stands."""
    if read != version:
        raise Overtaken(
            _("Somebody has changed this meanwhile: read it again, then make your correction."),
            version=version,
            now=now,
        )


def require_unchanged(
    *, read: int, version: int, told: Sentence, refusal: type[Conflict] = Conflict
) -> None:
    """The refusal, with a sentence on the field `version`, unless what was read still stands.

    For rows with versions of their own, whose forms show both texts.
    """
    if read != version:
        raise refusal(told, fields={"version": [told]})


def require_nothing_since(
    tx: Transaction, stream: str, *, seen: int | None, told: Sentence
) -> None:
    """Conflict, with a sentence on the field `seen`, if a stream has entries that were not read.

    seen: the last that was; None if that is not known. For acts on the whole of something that
    is changed by many commands, whose row is locked.
    """
    if seen is not None and log.head(tx.session, stream) != seen:
        raise Conflict(told, fields={"seen": [told]})


def revise(
    tx: Transaction, row: Base, *, reason: str | None, after: Mapping[str, object]
) -> Revision:
    """The same without asking for a version: for acts that replace no words, as a withdrawal."""
    was = {name: getattr(row, name) for name in after}
    for name, value in after.items():
        setattr(row, name, value)
    return keep(tx, *_key(row), reason=reason, was=was, now=after)


def keep(
    tx: Transaction,
    subject: str,
    subject_id: int,
    *,
    reason: str | None,
    was: Mapping[str, object],
    now: Mapping[str, object],
) -> Revision:
    """Keep a change, whose row is locked; for what has no row of its own, as a seat."""
    revision = Revision(
        subject=subject,
        subject_id=subject_id,
        version=_last(tx.session, subject, subject_id) + 1,
        was=_as_json(was),
        now=_as_json(now),
        reason=reason or None,
        author_id=tx.actor.person_id,
        at=tx.now,
    )
    tx.session.add(revision)
    tx.flush()
    return revision


def version_of(session: Session, row: Base) -> int:
    """The version of a row as it stands: 1 if it was never changed."""
    return _last(session, *_key(row)) + 1


def revisions_of(session: Session, row: Base) -> list[Revision]:
    """The changes of a row, the latest first."""
    return kept(session, *_key(row))


def kept(session: Session, subject: str, subject_id: int) -> list[Revision]:
    """The changes kept under a name and an id, the latest first."""
    query = select(Revision).filter_by(subject=subject, subject_id=subject_id)
    return list(session.scalars(query.order_by(Revision.version.desc())))


def versions(session: Session, model: type[Base], ids: Collection[int]) -> dict[int, int]:
    """The versions of several rows of a model, by id; those never changed are left out."""
    query = (
        select(Revision.subject_id, func.max(Revision.version) + 1)
        .where(Revision.subject == model.__tablename__, Revision.subject_id.in_(ids))
        .group_by(Revision.subject_id)
    )
    return dict(iter(session.execute(query)))


def _last(session: Session, subject: str, subject_id: int) -> int:
    highest = select(func.max(Revision.version))
    return session.scalar(highest.filter_by(subject=subject, subject_id=subject_id)) or 0


def _key(row: Base) -> tuple[str, int]:
    identity = inspect(row).identity
    assert identity is not None, "only a stored row has versions"
    return row.__tablename__, identity[0]


def _as_json(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: _json_value(value) for name, value in fields.items()}


def _json_value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
