"""What RQ runs: one owed job, whose effect and settlement are committed together."""

from __future__ import annotations

from functools import cache

import structlog

from consultazione.config import read_settings
from consultazione.core import job_outbox, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.logs import message_of
from workers.reactions import BY_NAME

_log = structlog.get_logger()


def run(reaction: str, position: int) -> None:
    """Run a job in this process; a failure is noted and tried again later."""
    perform(_database(), reaction, position)


def perform(database: Database, reaction: str, position: int) -> bool:
    """Run a job unless it is settled or being run; True if it was run and has succeeded."""
    try:
        with database.transaction(SYSTEM) as tx:
            job = job_outbox.claim(tx.session, position, reaction)
            if job is None:
                return False
            BY_NAME[reaction](tx, log.read_entry(tx.session, position))
            job_outbox.settle(job)
    except Exception as error:
        _log.warning("job failed", reaction=reaction, position=position, exc_info=error)
        _note_failure(database, reaction, position, error)
        return False
    return True


def _note_failure(database: Database, reaction: str, position: int, error: Exception) -> None:
    with database.transaction(SYSTEM) as tx:
        job = job_outbox.claim(tx.session, position, reaction)
        if job is not None:
            job_outbox.fail(job, message_of(error), at=tx.now)


@cache
def _database() -> Database:
    """This process's database: made after RQ has forked, so that no socket is shared."""
    return open_database(read_settings().require_database_url(), pool_size=2)
