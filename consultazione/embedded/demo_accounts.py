"""Demo accounts, whose password everybody knows: only where nobody else can reach the site."""

from __future__ import annotations

from sqlalchemy import NullPool, create_engine, text

from consultazione.config import Settings
from consultazione.embedded.errors import CannotStart

_THERE = text("SELECT EXISTS (SELECT FROM person WHERE demo AND password_hash IS NOT NULL)")


def refuse_demo(settings: Settings) -> None:
    """CannotStart if demo accounts must not be made for these settings."""
    if not settings.is_local and not settings.demo_on_public_address:
        raise CannotStart(
            f"Everybody knows the passwords of the demo accounts, and HOST={settings.host} or "
            f"PUBLIC_URL={settings.public_url} can be reached by others: keep to 127.0.0.1, or "
            "say --demo-on-public-address."
        )


def refuse_those_there(settings: Settings) -> None:
    """CannotStart if there are demo accounts, and must not be; for a schema that is current."""
    if settings.is_local or settings.demo_on_public_address:
        return
    engine = create_engine(settings.require_database_url(), poolclass=NullPool)
    with engine.connect() as connection:
        if connection.scalar(_THERE):
            refuse_demo(settings)
