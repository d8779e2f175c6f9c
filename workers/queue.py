"""The one place that enqueues: reminders of owed jobs, carried by RQ."""

from __future__ import annotations

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from consultazione.core.job_outbox import Job

NAME = "consultazione"
_TIMEOUT_SECONDS = 300
_FORGET_SECONDS = 3600


def open_queue(redis: Redis) -> Queue:
    """The queue on a Redis server; its jobs are JSON, never pickles."""
    return Queue(NAME, connection=redis, serializer=JSONSerializer)


def remind(queue: Queue, job: Job) -> None:
    """Put a reminder of a job into the queue, once for each moment at which it is due."""
    try:
        queue.enqueue(
            "workers.job_runner.run",
            job.reaction,
            job.position,
            job_id=f"{job.reaction}-{job.position}-{int(job.due_at.timestamp())}",
            unique=True,
            job_timeout=_TIMEOUT_SECONDS,
            result_ttl=_FORGET_SECONDS,
            failure_ttl=_FORGET_SECONDS,
        )
    except DuplicateJobError:
        return
