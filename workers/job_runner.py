"""What RQ runs: one owed job, whose attempt is counted before, and settled with its effect."""

from __future__ import annotations

from functools import cache

import structlog

from consultazione.config import read_settings
from consultazione.core import job_outbox, log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, open_database
from consultazione.core.durable import shortage
from consultazione.core.text_keys import TextKeys
from consultazione.documents import typesetting
from consultazione.italian import italian
from consultazione.logs import message_of
from workers.reactions import BESIDE_LOG, BY_NAME

_log = structlog.get_logger()


# Whoever runs this process wants it to end: the failure is noted, and they are obeyed.
_STOPS = (KeyboardInterrupt, SystemExit)


def run(reaction: str, position: int) -> None:
    """Run a job in this process; a failure is noted and tried again later."""
    try:
        perform(_database(), reaction, position)
    finally:
        typesetting.close()  # RQ ends its process without any farewell


def perform(database: Database, reaction: str, position: int) -> bool:
    """Run a job unless it is settled or being run; True if it was run and has succeeded.

    Whatever the job raises counts, also what is no Exception: libraries in other languages
    panic with a BaseException.
    """
    if reaction in BESIDE_LOG:
        return BESIDE_LOG[reaction](database, position)
    if not _begin(database, reaction, position):
        return False
    try:
        return _effect(database, reaction, position)
    except BaseException as error:
        _log.warning("job failed", reaction=reaction, position=position, exc_info=error)
        _note_failure(database, reaction, position, error)
        if isinstance(error, _STOPS):
            raise
        return False


def _begin(database: Database, reaction: str, position: int) -> bool:
    with database.transaction(SYSTEM) as tx:
        return job_outbox.begin(tx.session, position, reaction, at=tx.now)


def _effect(database: Database, reaction: str, position: int) -> bool:
    """The job's effect and its settlement, committed together; False if another has the job."""
    with italian(), database.transaction(SYSTEM) as tx:
        job = job_outbox.claim(tx.session, position, reaction)
        if job is None:
            return False
        BY_NAME[reaction](tx, log.read_entry(tx.session, position))
        job_outbox.settle(job)
    return True


def _note_failure(database: Database, reaction: str, position: int, error: BaseException) -> None:
    with database.transaction(SYSTEM) as tx:
        job = job_outbox.claim(tx.session, position, reaction)
        if job is not None:
            note = job_outbox.postpone if shortage(error) else job_outbox.fail
            note(job, message_of(error), at=tx.now)


@cache
def _database() -> Database:
    """This process's database: made after RQ has forked, so that no socket is shared."""
    settings = read_settings()
    keys = TextKeys(settings.secrets_dir)
    return open_database(settings.require_database_url(), pool_size=2, text_keys=keys)
