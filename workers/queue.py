"""The one place that enqueues: reminders of owed jobs, carried by RQ."""

from __future__ import annotations

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from consultazione.core.job_outbox import Job
from workers.reminder_job import FORGET_SECONDS, TASK, TIMEOUT_SECONDS, ReminderJob

NAME = "consultazione"


def open_queue(redis: Redis) -> Queue:
    """The queue on a Redis server; its jobs are JSON, never pickles, and reminders only."""
    return Queue(NAME, connection=redis, serializer=JSONSerializer, job_class=ReminderJob)


def remind(queue: Queue, job: Job) -> None:
    """Put a reminder of a job into the queue, once for each moment at which it is due."""
    try:
        queue.enqueue(
            TASK,
            job.reaction,
            job.position,
            job_id=f"{job.reaction}-{job.position}-{int(job.due_at.timestamp())}",
            unique=True,
            job_timeout=TIMEOUT_SECONDS,
            result_ttl=FORGET_SECONDS,
            failure_ttl=FORGET_SECONDS,
        )
    except DuplicateJobError:
        return
