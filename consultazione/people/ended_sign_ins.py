"""Sign-ins that have ended, whose connections may still be open."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consultazione.people.models import EndedSignIn


def take_ended(session: Session) -> list[bytes]:
    """The digests of the sign-ins that have ended since the last call.

    Deletes their rows, so that a commit hands each out once.
    """
    ended = delete(EndedSignIn).returning(EndedSignIn.token_digest)
    return list(session.scalars(ended))
