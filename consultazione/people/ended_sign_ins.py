"""Sign-ins that were ended while connections of theirs may still be open."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consultazione.people.models import EndedSignIn


def take_ended(session: Session) -> list[bytes]:
    """The digests of the sign-ins that ended; they are gone with this transaction."""
    ended = delete(EndedSignIn).returning(EndedSignIn.token_digest)
    return list(session.scalars(ended))
