"""Who sends a request, found among the accounts: what the pages ask of people."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from consultazione.core import clock
from consultazione.core.actor import VISITOR, Actor
from consultazione.core.scopes import TokenHolder
from consultazione.people.lifetimes import is_noted, note_seen
from consultazione.people.models import ApiToken
from consultazione.people.queries import actor_of, find_token, signed_in
from consultazione.people.secret_tokens import digest_of

_NOTED_EVERY = timedelta(hours=1)


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

    def of_token(self, session: Session, token: str) -> TokenHolder | None:
        """Who stands behind a token of the REST interface; None if it counts for nobody."""
        found, now = find_token(session, token), clock.now()
        if found is None:
            return None
        holder = actor_of(session, found.person_id)
        if not holder.is_signed_in:
            return None
        return TokenHolder(
            holder,
            frozenset(found.scopes),
            has_expired=found.expires_at <= now,
            unnoted=found.used_at is None or found.used_at + _NOTED_EVERY <= now,
        )

    def note_token_use(self, session: Session, token: str, now: datetime) -> None:
        """Write down that a token is in use."""
        late = or_(ApiToken.used_at.is_(None), ApiToken.used_at <= now - _NOTED_EVERY)
        this = ApiToken.token_digest == digest_of(token)
        session.execute(update(ApiToken).where(this, late).values(used_at=now))
