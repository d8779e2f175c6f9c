"""The one place that enqueues: reminders of owed jobs, carried by RQ."""

from __future__ import annotations

from datetime import datetime

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer

from consultazione.core.clock import from_timestamp
from consultazione.core.job_outbox import Job
from consultazione.core.mail.outbox import Mail
from workers.mail.bulk import REMINDER as BULK
from workers.mail.delivery import REMINDER
from workers.mail.sweep import REMINDER as SWEEP
from workers.privacy.retention import REMINDER as RETENTION
from workers.reminder_job import FORGET_SECONDS, TASK, TIMEOUT_SECONDS, ReminderJob
from workers.search_words import REMINDER as WORDS

NAME = "consultazione"
_WORDS_EVERY = 10
_BULK_EVERY = 10


def open_queue(redis: Redis) -> Queue:
    """The queue on a Redis server; its jobs are JSON, never pickles, and reminders only."""
    return Queue(NAME, connection=redis, serializer=JSONSerializer, job_class=ReminderJob)


def remind(queue: Queue, job: Job) -> None:
    """Put a reminder of a job into the queue, once for each moment at which it is due."""
    _remind(queue, job.reaction, job.position, job.due_at)


def remind_of_mail(queue: Queue, mail: Mail) -> None:
    """The same of a mail."""
    _remind(queue, REMINDER, mail.id, mail.due_at)


def remind_of_bulk(queue: Queue, *, at: datetime) -> None:
    """The same of mails in bulk; every ten seconds at most, so that several workers can help."""
    slot = int(at.timestamp()) // _BULK_EVERY
    _remind(queue, BULK, slot, from_timestamp(slot * _BULK_EVERY))


def remind_of_sweep(queue: Queue, *, at: datetime) -> None:
    """The same of mails whose time is over; once an hour, whoever leads."""
    _remind_hourly(queue, SWEEP, at)


def remind_of_retention(queue: Queue, *, at: datetime) -> None:
    """The same of personal data that was kept for long enough; once an hour, whoever leads."""
    _remind_hourly(queue, RETENTION, at)


def remind_of_words(queue: Queue, zone_id: int, *, at: datetime) -> None:
    """The same of a zone's dictionary; every ten seconds at most."""
    slot = int(at.timestamp()) // _WORDS_EVERY * _WORDS_EVERY
    _remind(queue, WORDS, zone_id, from_timestamp(slot))


def _remind_hourly(queue: Queue, reaction: str, at: datetime) -> None:
    hour = at.replace(minute=0, second=0, microsecond=0)
    _remind(queue, reaction, int(hour.timestamp()) // 3600, hour)


def _remind(queue: Queue, reaction: str, number: int, due_at: datetime) -> None:
    try:
        queue.enqueue(
            TASK,
            reaction,
            number,
            job_id=f"{reaction}-{number}-{int(due_at.timestamp())}",
            unique=True,
            job_timeout=TIMEOUT_SECONDS,
            result_ttl=FORGET_SECONDS,
            failure_ttl=FORGET_SECONDS,
        )
    except DuplicateJobError:
        return
