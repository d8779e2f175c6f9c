"""What must be in order before this process can serve: the checks behind /readyz."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NotRequired, TypedDict, TypeVar

from flask import Flask
from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core import job_outbox, migrate
from consultazione.core.log import EntryRow
from consultazione.core.text_keys import keys_of
from consultazione.web.request_db import database

T = TypeVar("T")
# Entries that may wait for the dispatcher before the site counts as late.
MOST_LAG = 1000


# What somebody must see to, while the site serves on: taking it out of the balance of load
# would turn one document that cannot be made into an outage.
_ADVICE = {"jobs"}


class Check(TypedDict):
    """Whether something is in order; the name of what went wrong; how many jobs are dead."""

    ok: bool
    error: NotRequired[str]
    dead: NotRequired[int]


def checks(app: Flask) -> dict[str, Check]:
    """Each check with `ok` and what it saw; one that fails says only that it failed."""
    return {
        "database": _try(lambda: _with_session(lambda s: s.scalar(select(1)) == 1)),
        "migrations": _try(lambda: _with_session(migrate.is_current)),
        "text keys": _try(lambda: _with_session(_has_text_keys)),
        "redis": _try(lambda: bool(_redis(app).ping())),
        "dispatcher": _try(lambda: _with_session(dispatcher_lag) <= MOST_LAG),
        "jobs": _jobs(),
    }


def is_ready(found: Mapping[str, Check]) -> bool:
    """True if this process can serve, whatever else somebody must see to."""
    return all(check["ok"] for name, check in found.items() if name not in _ADVICE)


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


def _jobs() -> Check:
    """No job is dead; how many are, if there are some."""
    try:
        dead = _with_session(lambda session: len(job_outbox.dead_jobs(session)))
    except Exception as error:
        return {"ok": False, "error": type(error).__name__}
    return {"ok": False, "dead": dead} if dead else {"ok": True}


def _has_text_keys(session: Session) -> bool:
    keys_of(session).tree(session)
    return True


def _with_session(read: Callable[[Session], T]) -> T:
    with database().snapshot() as session:
        return read(session)


def _redis(app: Flask) -> Redis:
    redis: Redis = app.extensions["redis"]
    return redis
