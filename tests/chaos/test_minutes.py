"""Parts are killed while minutes are being written: they are written, and once.

The worker is stopped in the middle of its work by a lock on the table that it writes to;
then a part is killed, and the lock is given back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg
from sqlalchemy import select

from consultazione.core import log
from consultazione.core.actor import Actor
from consultazione.core.job_outbox import Job, JobState
from consultazione.minutes.events import minutes_stream
from consultazione.minutes.models import Minutes
from consultazione.sittings.floor.commands.hands import raise_hand
from consultazione.sittings.lifecycle.commands.opening import close_sitting
from tests.support.factories import Factory
from tests.support.stack import Stack
from tests.support.waiting import wait_until

# The job in hand is owed again after a while (core/job_outbox.py); the worker comes first, so
# that this passes while the others are killed.
VICTIMS = ("worker", "dispatcher", "valkey", "postgres", "web")
_WRITTEN_WITHIN = 60.0


def test_minutes_are_written_once_whatever_is_killed(stack: Stack, make: Factory) -> None:
    closed = {part: _closed_while_killed(stack, make, part) for part in VICTIMS}
    wait_until(
        lambda: all(_count(stack, sitting_id) for sitting_id in closed.values()),
        within=_WRITTEN_WITHIN,
        what="not all minutes are written",
    )
    wait_until(lambda: not _owed(stack), within=_WRITTEN_WITHIN, what="jobs are still owed")
    for part, sitting_id in closed.items():
        assert (part, _count(stack, sitting_id)) == (part, 1)
        assert (part, _composed(stack, sitting_id)) == (part, 1)
    verified = stack.run("verify")
    assert verified.returncode == 0, verified.stdout


def _closed_while_killed(stack: Stack, make: Factory, part: str) -> int:
    """A sitting whose minutes were being written when the part died; its id."""
    sitting_id, chair = _sitting(make)
    with _writing_held(stack) as is_reached:
        with stack.database().transaction(chair) as tx:
            close_sitting(tx, sitting_id=sitting_id)
        wait_until(is_reached, within=30, what=f"no worker writes: {part}")
        stack.kill(part)
    stack.wait_ready()
    return sitting_id


def _sitting(make: Factory) -> tuple[int, Actor]:
    """An open sitting in which hands went up, and its chair."""
    sitting = make.sitting()
    chair = make.presided(sitting)
    for _ in range(2):
        with make.database.transaction(make.present(sitting)) as tx:
            raise_hand(tx, sitting_id=sitting.id)
    return sitting.id, chair


@contextmanager
def _writing_held(stack: Stack) -> Iterator[Callable[[], bool]]:
    """Let nobody write minutes for a while; yields whether somebody is trying to."""
    with psycopg.connect(stack.database_url.replace("+psycopg", ""), autocommit=True) as asking:
        holding = psycopg.connect(stack.database_url.replace("+psycopg", ""))
        holding.execute("LOCK TABLE minutes IN EXCLUSIVE MODE")
        waiting = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'minutes'::regclass"
        yield lambda: asking.execute(waiting).rowcount > 0
        with suppress(psycopg.OperationalError):  # PostgreSQL itself may have been killed
            holding.rollback()
        holding.close()


def _count(stack: Stack, sitting_id: int) -> int:
    with stack.database().snapshot() as session:
        return len(session.scalars(select(Minutes.id).filter_by(sitting_id=sitting_id)).all())


def _composed(stack: Stack, sitting_id: int) -> int:
    with stack.database().snapshot() as session:
        entries = log.read_stream(session, minutes_stream(sitting_id))
    return sum(entry.kind == "minutes.composed" for entry in entries)


def _owed(stack: Stack) -> bool:
    with stack.database().snapshot() as session:
        states = session.scalars(select(Job.state)).all()
    assert JobState.DEAD not in states
    return JobState.PENDING in states
