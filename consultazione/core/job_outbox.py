"""The outbox of jobs: which entry still owes which reaction.

A row is written together with the dispatcher's cursor, and settled in the same
transaction as the job's effect. RQ only carries a reminder: what Redis forgets is
enqueued again from here, what runs twice finds its row settled.
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
# A job that was enqueued and never heard of again is enqueued anew after this long.
_REMINDER = timedelta(seconds=20)


class JobState(StrEnum):
    """Where a job stands."""

    PENDING = "pending"
    DONE = "done"
    DEAD = "dead"


class Job(Base):
    """A reaction that an entry of the log calls for."""

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
    """Note jobs as owed, once: pairs of position and reaction; known ones stay as they are."""
    if rows:
        session.execute(
            insert(Job).on_conflict_do_nothing(),
            [
                {"position": position, "reaction": reaction, "due_at": at}
                for position, reaction in rows
            ],
        )


def lease_due(session: Session, *, at: datetime, limit: int = 100) -> list[Job]:
    """The pending jobs whose moment has come and that nobody works on just now.

    Each is given a new moment, at which it will be due again unless it is settled.
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
        job.due_at = at + _REMINDER
    return due


def claim(session: Session, position: int, reaction: str) -> Job | None:
    """The pending job, locked until the transaction ends; None if settled or being done."""
    return session.scalar(
        select(Job)
        .where(Job.position == position, Job.reaction == reaction)
        .where(Job.state == JobState.PENDING)
        .with_for_update(skip_locked=True)
    )


def settle(job: Job) -> None:
    """The job is done; to be committed together with its effect."""
    job.state = JobState.DONE
    job.error = None


def fail(job: Job, error: str, *, at: datetime) -> None:
    """An attempt failed: try again later, or lay the job aside for the administrator."""
    job.attempts += 1
    job.error = error[:2000]
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.DEAD
    else:
        job.due_at = at + _FIRST_DELAY * 2**job.attempts


def dead_jobs(session: Session) -> list[Job]:
    """The jobs laid aside after their last attempt, oldest first."""
    return list(
        session.scalars(select(Job).where(Job.state == JobState.DEAD).order_by(Job.position))
    )


def revive(session: Session, position: int, reaction: str, *, at: datetime) -> bool:
    """Give a dead job its attempts back; False if it is not dead."""
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
    """The position that a consumer has dealt with; 0 at its beginning."""
    return session.scalar(select(Cursor.position).where(Cursor.name == name)) or 0


def advance(session: Session, name: str, position: int) -> None:
    """A consumer has dealt with everything up to a position."""
    statement = insert(Cursor).values(name=name, position=position)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[Cursor.name], set_={"position": statement.excluded.position}
        )
    )
