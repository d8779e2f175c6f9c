"""Following something, and not any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from consultazione.core.db import Transaction
from consultazione.core.permissions import Permission, acting_person, require
from consultazione.notices.models import Follow, SubjectKind
from consultazione.notices.subjects import Subject, find_subject


def follow(tx: Transaction, *, kind: SubjectKind, subject_id: int) -> Subject:
    """Have the actor told of something from now on; idempotent. NotFound if there is none."""
    subject = find_subject(tx.session, kind, subject_id)
    require(tx.actor, Permission.FOLLOW)
    _note(tx, subject, ended_at=None)
    return subject


def unfollow(tx: Transaction, *, kind: SubjectKind, subject_id: int) -> Subject:
    """Tell the actor of something no more; idempotent. NotFound if there is none.

    It is remembered, so that what they do later does not make them follow it again.
    """
    subject = find_subject(tx.session, kind, subject_id)
    require(tx.actor, Permission.UNFOLLOW)
    _note(tx, subject, ended_at=tx.now)
    return subject


def _note(tx: Transaction, subject: Subject, *, ended_at: datetime | None) -> None:
    """One statement, so that of two at once the later stands and none fails."""
    row = {
        "person_id": acting_person(tx.actor),
        "kind": subject.kind,
        "subject_id": subject.id,
        "since": tx.now,
        "ended_at": ended_at,
    }
    key = [Follow.person_id, Follow.kind, Follow.subject_id]
    tx.session.execute(
        insert(Follow)
        .values(row)
        .on_conflict_do_update(index_elements=key, set_={"since": tx.now, "ended_at": ended_at})
    )
