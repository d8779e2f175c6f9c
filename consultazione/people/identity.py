"""Who sends a request, found among the accounts: what the pages ask of people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor
from consultazione.people.lifetimes import is_noted, note_seen
from consultazione.people.queries import actor_of, person_of_token, signed_in
from consultazione.people.secret_tokens import digest_of


class Accounts:
    """The actors behind sign-ins and tokens; it keeps nothing between two questions."""

    def of_browser(self, session: Session, key: str) -> tuple[Actor, bool]:
        """The actor behind a browser's key; a visitor if it was revoked or has run out.

        With it, whether this use of the sign-in has to be written down.
        """
        found = signed_in(session, key)
        if found is None:
            return VISITOR, False
        row, actor = found
        return actor, not is_noted(row, clock.now())

    def note_seen(self, session: Session, key: str, now: datetime) -> None:
        """Write down that a browser's sign-in is in use."""
        note_seen(session, [digest_of(key)], now)

    def of_token(self, session: Session, token: str) -> Actor | None:
        """The actor behind a token of the REST interface; None if it counts for nobody."""
        person_id = person_of_token(session, token)
        return None if person_id is None else actor_of(session, person_id)
