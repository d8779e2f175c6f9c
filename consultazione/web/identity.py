"""What the pages must know of accounts: who stands behind a browser's key or a token."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy.orm import Session

from consultazione.core.actor import Actor
from consultazione.core.scopes import TokenHolder

_NAME = "identity"


class Identity(Protocol):
    """Finds the actor behind what a request carries, as the application hands it to us."""

    def of_browser(self, session: Session, key: str) -> tuple[Actor, bool]:
        """The actor behind a browser's key; a visitor if it was revoked or has run out.

        With it, whether this use of the sign-in has to be written down.
        """

    def note_seen(self, session: Session, key: str, now: datetime) -> None:
        """Write down that a browser's sign-in is in use."""

    def of_token(self, session: Session, token: str) -> TokenHolder | None:
        """Who stands behind a token of the REST interface; None if it counts for nobody."""

    def note_token_use(self, session: Session, token: str, now: datetime) -> None:
        """Write down that a token is in use."""


def init(app: Flask, given: Identity) -> None:
    """Let requests of this application be identified in this way."""
    app.extensions[_NAME] = given


def identity() -> Identity:
    """The application's identity."""
    found: Identity = current_app.extensions[_NAME]
    return found
