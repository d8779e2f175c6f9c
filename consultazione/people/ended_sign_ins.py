"""Sign-ins that have ended, whose connections may still be open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consultazione.core.actor import VISITOR
from consultazione.people.lifetimes import doubtful, lives
from consultazione.people.models import EndedSignIn
from consultazione.people.queries import actors_of


def take_ended(session: Session) -> list[bytes]:
    """The digests of the sign-ins that have ended since the last call.

    Deletes their rows, so that a commit hands each out once.
    """
    ended = delete(EndedSignIn).returning(EndedSignIn.token_digest)
    return list(session.scalars(ended))


def end_outlived(session: Session, now: datetime) -> int:
    """End the sign-ins whose time is over, for `take_ended` to hand out; returns how many."""
    rows = doubtful(session, now)
    actors = actors_of(session, {row.person_id for row in rows})
    over = [row for row in rows if not lives(row, actors.get(row.person_id, VISITOR), now)]
    for row in over:
        session.add(EndedSignIn(token_digest=row.token_digest))
        session.delete(row)
    return len(over)
