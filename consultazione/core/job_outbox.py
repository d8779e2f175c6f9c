"""The outbox of jobs: which reactions to entries of the log are still to be run.

The dispatcher writes a row in the transaction that advances its cursor; the worker settles
it in the transaction of the job's effect. RQ only carries a reminder: a reminder that Redis
loses is sent again from here, and a job that is delivered twice finds its row settled.

A job is pending until it is done, or dead after its last attempt. A pending row has the
moment at which it is due; leasing it moves that moment on, so that it comes back by itself
if nobody settles it.

An attempt is counted when it begins, in a transaction of its own: a job that takes its
process down with it leaves no other trace, and would else be tried for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Line, Moment, Prose, enum_text

DISPATCHER = "dispatcher"  # the name of its cursor
MOST_ATTEMPTS = 6
_FIRST_DELAY = timedelta(seconds=2)
_ENDED = "The process ended before the job did."
_POSTPONED = timedelta(minutes=1)
# The lease of a job that was enqueued: unless it is settled by then, it is enqueued again.
_LEASE = timedelta(seconds=20)
# Due later than any delay leads to: the clock has been set back since.
_NEVER_LATER = 2 * _FIRST_DELAY * 2**MOST_ATTEMPTS


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
            .where(Job.state == JobState.PENDING)
            .where(or_(Job.due_at <= at, Job.due_at > at + _NEVER_LATER))
            .order_by(Job.position)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    for job in due:
        job.due_at = at + _LEASE
    return due


def begin(session: Session, position: int, reaction: str, *, at: datetime) -> bool:
    """Count an attempt, to be committed before the job runs; True if the job is to run.

    False if it is settled or being run. One that has used up its attempts is dead from now on:
    its process ended at the last of them, for else `fail` would have noted it.
    """
    job = claim(session, position, reaction)
    if job is None:
        return False
    if job.attempts and job.error is None:
        job.error = _ENDED
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.DEAD
        return False
    job.attempts += 1
    job.due_at = at + _LEASE
    return True


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
    """Note a failed attempt: the job is due again later, or dead after `MOST_ATTEMPTS`.

    The delay doubles with each attempt: 4, 8, 16 ... seconds.
    """
    job.error = error[:2000]
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.DEAD
    else:
        job.due_at = at + _FIRST_DELAY * 2**job.attempts


def postpone(job: Job, error: str, *, at: datetime) -> None:
    """Note an attempt that failed through no fault of the job: it counts as none.

    It is due again in a minute, as long as it takes until there is room.
    """
    job.error = error[:2000]
    job.attempts = max(job.attempts - 1, 0)
    job.due_at = at + _POSTPONED


def dead_jobs(session: Session) -> list[Job]:
    """The jobs that failed at their last attempt, oldest first."""
    return list(
        session.scalars(select(Job).where(Job.state == JobState.DEAD).order_by(Job.position))
    )


def failing_jobs(session: Session, *, most: int = 100) -> list[Job]:
    """The pending jobs of which an attempt did not succeed or is under way, oldest first."""
    tried = select(Job).where(Job.state == JobState.PENDING, Job.attempts > 0)
    return list(session.scalars(tried.order_by(Job.position).limit(most)))


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
    job.state, job.attempts, job.due_at, job.error = JobState.PENDING, 0, at, None
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
