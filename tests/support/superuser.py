"""The superuser of the tests' server, for what the application's role may not do."""

from __future__ import annotations

from sqlalchemy import Engine, NullPool, create_engine


def as_superuser(engine: Engine) -> Engine:
    """An engine on the same database that signs in as the server's superuser."""
    return create_engine(engine.url.set(username="postgres"), poolclass=NullPool)
