"""PostgreSQL is away, as a session factory of a test's database says it."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError


def away() -> object:
    """Fail as the driver does when no server answers; the statement must reach no log."""
    raise OperationalError("SELECT secret FROM somewhere", {}, Exception("no server"))
