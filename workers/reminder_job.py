"""The only job that a worker accepts: a reminder of an owed job of our own registry.

RQ runs any function that a job names, as its task or as a callback, calls any address that it
names as a webhook, and has commands for its workers. Whoever can write to the queue would so
run programs on the worker. What is read from the queue is therefore checked before anything
else sees it, and what no reminder has is dropped. (OWASP ASVS 5.0, 1.5.2 and 2.2.2.)
"""

from __future__ import annotations

from typing import Any

import structlog
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job

from workers import job_runner
from workers.reactions import BESIDE_LOG, BY_NAME

TASK = "workers.job_runner.run"
TIMEOUT_SECONDS = 300
FORGET_SECONDS = 3600
# How many jobs were refused, in Valkey.
REFUSED = "jobs:refused"
# A reminder has some hundred bytes; a compressed field may unpack to a thousand times its size.
_MOST_BYTES = 16 * 1024
# The fields that this version reads of a stored job. All others stay as for a new job.
_KEPT = frozenset(
    {
        "data",
        "created_at",
        "enqueued_at",
        "started_at",
        "ended_at",
        "last_heartbeat",
        "status",
        "worker_name",
    }
)
_log = structlog.get_logger()


class ReminderJob(Job):
    """A job that calls `job_runner.run` with the name of a reaction and a position."""

    def restore(self, raw_data: dict[bytes, bytes]) -> None:
        """Take over what was stored; NoSuchJobError, with which RQ passes on, if it is no reminder.

        A refused job is counted and deleted.
        """
        try:
            super().restore(_kept(raw_data))
            reminder_of(self)
        except Exception as error:
            self._refuse(error)
            raise NoSuchJobError("no reminder of ours") from None
        self.origin = "consultazione"
        self.timeout = TIMEOUT_SECONDS
        self.result_ttl = self.failure_ttl = FORGET_SECONDS
        self.description = self.get_call_string()

    def _execute(self) -> None:
        """Run the owed job, whatever name the job's function has by now."""
        job_runner.run(*reminder_of(self))

    def _refuse(self, error: Exception) -> None:
        _log.warning("job refused", error=type(error).__name__)
        try:
            self.connection.incr(REFUSED)
            self.connection.delete(self.key)
        except RedisError:
            return


def reminder_of(job: Job) -> tuple[str, int]:
    """The reaction and the position of which a job reminds, or the number of what is owed beside
    the log; ValueError if it is another job.
    """
    if job.func_name != TASK or job.instance is not None or job.kwargs != {}:
        raise ValueError("another task")
    arguments: Any = job.args
    if not isinstance(arguments, (list, tuple)) or [type(one) for one in arguments] != [str, int]:
        raise ValueError("other arguments")
    reaction, position = arguments
    if reaction not in {*BY_NAME, *BESIDE_LOG} or position < 1:
        raise ValueError("nothing that is owed")
    return reaction, position


def _kept(raw_data: dict[bytes, bytes]) -> dict[bytes, bytes]:
    if sum(map(len, raw_data.values())) > _MOST_BYTES:
        raise ValueError("too large")
    return {name: value for name, value in raw_data.items() if name.decode() in _KEPT}
