"""Queries on notices and on what somebody follows."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.columns import among
from consultazione.notices.models import Follow, Notice, SubjectKind

# The bell counts no further.
MOST_COUNTED = 100


def count_unread(session: Session, person_id: int) -> int:
    """How many notices somebody has not read, up to `MOST_COUNTED`."""
    unread = select(Notice.id).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    return (
        session.scalar(select(func.count()).select_from(unread.limit(MOST_COUNTED).subquery())) or 0
    )


def newest_notices(
    session: Session, person_id: int, *, before: int | None = None, limit: int
) -> list[Notice]:
    """Somebody's notices, newest first; only those with ids below `before`, if given."""
    query = select(Notice).filter_by(person_id=person_id).order_by(Notice.id.desc()).limit(limit)
    return list(session.scalars(query if before is None else query.where(Notice.id < before)))


def notices_after(session: Session, person_id: int, *, after: int, limit: int) -> list[Notice]:
    """Somebody's notices with ids above `after`, by id."""
    query = select(Notice).where(Notice.person_id == person_id, Notice.id > after)
    return list(session.scalars(query.order_by(Notice.id).limit(limit)))


def notices_in(
    session: Session, mail_ids: Collection[int], *, limit: int
) -> dict[int, list[Notice]]:
    """The notices that mails tell, by the ids of the mails; of each the newest, newest first."""
    newest = func.row_number().over(partition_by=Notice.mail_id, order_by=Notice.id.desc())
    ranked = select(Notice.id, newest.label("rank")).where(among(Notice.mail_id, mail_ids))
    chosen = ranked.subquery()
    query = select(Notice).join(chosen, chosen.c.id == Notice.id).where(chosen.c.rank <= limit)
    found: dict[int, list[Notice]] = {mail_id: [] for mail_id in mail_ids}
    for notice in session.scalars(query.order_by(Notice.id.desc())):
        found[notice.mail_id or 0].append(notice)
    return found


def follows(session: Session, person_id: int, kind: SubjectKind, subject_id: int) -> bool:
    """Whether somebody follows something now."""
    row = session.get(Follow, (person_id, kind, subject_id))
    return row is not None and row.ended_at is None


def followed_by(session: Session, person_id: int, *, limit: int) -> list[Follow]:
    """What somebody follows, what they began with last before."""
    own = (Follow.person_id == person_id, Follow.ended_at.is_(None))
    order = (Follow.since.desc(), Follow.kind, Follow.subject_id)
    return list(session.scalars(select(Follow).where(*own).order_by(*order).limit(limit)))
