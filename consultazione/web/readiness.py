"""What must be in order before this process can serve: the checks behind /readyz."""

from __future__ import annotations

from collections.abc import Callable
from typing import NotRequired, TypedDict, TypeVar

from flask import Flask
from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core import job_outbox, migrate
from consultazione.core.log import EntryRow
from consultazione.web.request_db import database

T = TypeVar("T")
# Entries that may wait for the dispatcher before the site counts as late.
MOST_LAG = 1000


class Check(TypedDict):
    """Whether something is in order; the name of what went wrong."""

    ok: bool
    error: NotRequired[str]


def checks(app: Flask) -> dict[str, Check]:
    """Each check with `ok` and what it saw; one that fails says only that it failed."""
    return {
        "database": _try(lambda: _with_session(lambda s: s.scalar(select(1)) == 1)),
        "migrations": _try(lambda: _with_session(migrate.is_current)),
        "redis": _try(lambda: bool(_redis(app).ping())),
        "dispatcher": _try(lambda: _with_session(dispatcher_lag) <= MOST_LAG),
    }


def dispatcher_lag(session: Session) -> int:
    """How many entries the dispatcher has not dealt with."""
    done = job_outbox.cursor(session, job_outbox.DISPATCHER)
    waiting = select(func.count()).select_from(EntryRow).where(EntryRow.position > done)
    return session.scalar(waiting) or 0


def _try(check: Callable[[], bool]) -> Check:
    try:
        return {"ok": check()}
    except Exception as error:
        return {"ok": False, "error": type(error).__name__}


def _with_session(read: Callable[[Session], T]) -> T:
    with database().snapshot() as session:
        return read(session)


def _redis(app: Flask) -> Redis:
    redis: Redis = app.extensions["redis"]
    return redis
