"""Alembic's environment: one transaction, on the address that `core.migrate` was given."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool, text

from consultazione import models
from consultazione.core import rights
from consultazione.core.columns import Base

# An advisory lock, because two processes may start at the same time.
_LOCK = 0x4D494752

assert models.ALL  # imported so that every table is in the metadata
engine = create_engine(context.config.attributes["database_url"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        context.run_migrations()
        application = context.config.attributes.get("application")
        if application is not None:
            rights.grant(connection, application)
