"""Who sends a request, found among the accounts: what the pages ask of people."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consultazione.core.actor import VISITOR, Actor
from consultazione.people.queries import actor_of, person_of_token, signed_in


class Accounts:
    """The actors behind sign-ins and tokens; it keeps nothing between two questions."""

    def of_browser(self, session: Session, key: str) -> Actor:
        """The actor behind a browser's key; a visitor if it was revoked or has run out."""
        row = signed_in(session, key)
        return VISITOR if row is None else actor_of(session, row.person_id)

    def of_token(self, session: Session, token: str) -> Actor | None:
        """The actor behind a token of the REST interface; None if it counts for nobody."""
        person_id = person_of_token(session, token)
        return None if person_id is None else actor_of(session, person_id)
