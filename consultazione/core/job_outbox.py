"""The outbox of jobs: which reactions to entries of the log are still to be run.

The dispatcher writes a row in the transaction that advances its cursor; the worker settles
it in the transaction of the job's effect. RQ only carries a reminder: a reminder that Redis
loses is sent again from here, and a job that is delivered twice finds its row settled.

A job is pending until it is done, or dead after its last attempt. A pending row has the
moment at which it is due; leasing it moves that moment on, so that it comes back by itself
if nobody settles it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Line, Moment, Prose, enum_text

DISPATCHER = "dispatcher"  # the name of its cursor
MOST_ATTEMPTS = 6
_FIRST_DELAY = timedelta(seconds=2)
# The lease of a job that was enqueued: unless it is settled by then, it is enqueued again.
_LEASE = timedelta(seconds=20)


class JobState(StrEnum):
    """Where a job stands."""

    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class Job(Base):
    """A reaction to an entry of the log: to be run, done, or given up."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due", "due_at", postgresql_where="state = 'pending'"),
        Index("ix_job_dead", "position", postgresql_where="state = 'dead'"),
    )

    position: Mapped[int] = mapped_column(ForeignKey("log_entry.position"), primary_key=True)
    reaction: Mapped[Line] = mapped_column(primary_key=True)
    state: Mapped[JobState] = mapped_column(enum_text(JobState), default=JobState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    error: Mapped[Prose | None]


class Cursor(Base):
    """How far a consumer of the log has come."""

    __tablename__ = "log_cursor"

    name: Mapped[Line] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)


def add_jobs(session: Session, rows: list[tuple[int, str]], *, at: datetime) -> None:
    """Add pending jobs, due at a moment: pairs of position and reaction. Idempotent.

    A job that is there already stays as it is, in whatever state.
    """
    if rows:
        session.execute(
            insert(Job).on_conflict_do_nothing(),
            [
                {"position": position, "reaction": reaction, "due_at": at}
                for position, reaction in rows
            ],
        )


def lease_due(session: Session, *, at: datetime, limit: int = 100) -> list[Job]:
    """The oldest pending jobs that are due and that no worker is running, leased to the caller.

    Locks their rows, skipping those that are locked. Each is due again after the lease, to be
    committed by the caller before it enqueues them.
    """
    due = list(
        session.scalars(
            select(Job)
            .where(Job.state == JobState.PENDING, Job.due_at <= at)
            .order_by(Job.position)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    for job in due:
        job.due_at = at + _LEASE
    return due


def claim(session: Session, position: int, reaction: str) -> Job | None:
    """The pending job, its row locked until the transaction ends.

    None if it is settled, or if another worker is running it: nobody waits.
    """
    return session.scalar(
        select(Job)
        .where(Job.position == position, Job.reaction == reaction)
        .where(Job.state == JobState.PENDING)
        .with_for_update(skip_locked=True)
    )


def settle(job: Job) -> None:
    """Mark a claimed job as done; committed together with its effect."""
    job.state = JobState.DONE
    job.error = None


def fail(job: Job, error: str, *, at: datetime) -> None:
    """Count a failed attempt: the job is due again later, or dead after `MOST_ATTEMPTS`.

    The delay doubles with each attempt: 4, 8, 16 ... seconds.
    """
    job.attempts += 1
    job.error = error[:2000]
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.DEAD
    else:
        job.due_at = at + _FIRST_DELAY * 2**job.attempts


def dead_jobs(session: Session) -> list[Job]:
    """The jobs that failed at their last attempt, oldest first."""
    return list(
        session.scalars(select(Job).where(Job.state == JobState.DEAD).order_by(Job.position))
    )


def revive(session: Session, position: int, reaction: str, *, at: datetime) -> bool:
    """Make a dead job pending again, with all its attempts; False if it is not dead.

    Locks its row.
    """
    job = session.scalar(
        select(Job)
        .where(Job.position == position, Job.reaction == reaction, Job.state == JobState.DEAD)
        .with_for_update()
    )
    if job is None:
        return False
    job.state, job.attempts, job.due_at = JobState.PENDING, 0, at
    return True


def cursor(session: Session, name: str) -> int:
    """The last position that a consumer has processed; 0 at its beginning."""
    return session.scalar(select(Cursor.position).where(Cursor.name == name)) or 0


def advance(session: Session, name: str, position: int) -> None:
    """Note that a consumer has processed everything up to a position."""
    statement = insert(Cursor).values(name=name, position=position)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Cursor.name], set_={"position": statement.excluded.position}
        )
    )
