"""The worker: RQ's own, with every job and every kind of event imported before it forks."""

from __future__ import annotations

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from consultazione import events, logs
from consultazione.config import Settings
from workers import reactions
from workers.queue import open_queue
from workers.reminder_job import ReminderJob

_MAINTENANCE_SECONDS = 30


class ReminderWorker(Worker):
    """RQ's worker without its remote control: nobody stops or suspends it through Valkey."""

    job_class = ReminderJob

    def subscribe(self) -> None:
        """Listen to no commands: `up`, or the container's engine, stops a worker by a signal."""

    def check_for_suspension(self, burst: bool) -> None:
        """Work on: a key in Valkey is no reason to leave owed jobs undone."""

    def clean_group_registries(self) -> None:
        """Clean no groups: we make none."""


def main(settings: Settings) -> int:
    """Run jobs until SIGTERM; the job in hand is finished first."""
    logs.set_up(settings.log_level)
    settings.require_database_url()
    assert events.ALL  # a job reads streams with entries of any kind
    assert reactions.BY_NAME  # imported here, so that no forked job pays for it
    redis = Redis.from_url(settings.require_redis_url())
    worker = open_worker(redis)
    worker.work(logging_level=settings.log_level.upper())
    return 0


def open_worker(redis: Redis) -> ReminderWorker:
    """A worker of the one queue; without RQ's scheduler, so that nothing is run at a later time."""
    return ReminderWorker(
        [open_queue(redis)],
        connection=redis,
        serializer=JSONSerializer,
        maintenance_interval=_MAINTENANCE_SECONDS,
    )
