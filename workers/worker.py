"""The worker: RQ's own, with every job and every kind of event imported before it forks."""

from __future__ import annotations

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from consultazione import events, logs
from consultazione.config import Settings
from workers import reactions
from workers.queue import open_queue

_MAINTENANCE_SECONDS = 30


def main(settings: Settings) -> int:
    """Run jobs until SIGTERM; the job in hand is finished first."""
    logs.set_up(settings.log_level)
    settings.require_database_url()
    assert events.ALL  # a job reads streams with entries of any kind
    assert reactions.BY_NAME  # imported here, so that no forked job pays for it
    redis = Redis.from_url(settings.require_redis_url())
    worker = Worker(
        [open_queue(redis)],
        connection=redis,
        serializer=JSONSerializer,
        maintenance_interval=_MAINTENANCE_SECONDS,
    )
    worker.work(logging_level=settings.log_level.upper())
    return 0
