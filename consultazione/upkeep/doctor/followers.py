"""What follows the log: the dispatcher, the workers, the signatures of the public log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from consultazione.core import clock, job_outbox
from consultazione.core.job_outbox import DISPATCHER, Job, JobState
from consultazione.core.log import EntryRow, is_kept
from consultazione.transparency.models import CheckpointRow, LeafRow
from consultazione.upkeep.doctor.case import Case, Finding

_LATE = timedelta(minutes=1)
_OVERDUE = timedelta(minutes=10)
_UNSIGNED = timedelta(minutes=10)


def dispatcher_keeps_up(case: Case) -> Iterator[Finding]:
    """No entry waits for the dispatcher longer than a minute."""
    done = job_outbox.cursor(case.reading, DISPATCHER)
    waiting = select(func.count(), func.min(EntryRow.at)).where(EntryRow.position > done)
    count, oldest = case.reading.execute(waiting).one()
    if oldest is not None and case.now - oldest > _LATE:
        yield Finding(
            f"{count} entries wait for the dispatcher, the first since {_told(oldest)}.",
            "Start 'consultazione dispatcher'; its log says why it ended, or what it waits for.",
        )


def jobs_are_run(case: Case) -> Iterator[Finding]:
    """No job is dead, and none is due for long."""
    dead = len(job_outbox.dead_jobs(case.reading))
    if dead:
        yield Finding(
            f"{dead} jobs have failed for good, such as minutes that are not written.",
            "Open /amministrazione/sistema: it says why, and tries them again.",
        )
    due = select(func.count(), func.min(Job.due_at)).where(
        Job.state == JobState.PENDING, Job.due_at < case.now - _OVERDUE
    )
    count, oldest = case.reading.execute(due).one()
    if count:
        yield Finding(
            f"{count} jobs have been due for long, the first since {_told(oldest)}.",
            "Start 'consultazione worker', or more of them (WORKERS).",
        )


def log_is_signed(case: Case) -> Iterator[Finding]:
    """Every entry is under a checkpoint a while after it was written."""
    size = case.reading.scalar(select(func.max(CheckpointRow.size))) or 0
    covered = select(LeafRow.position).where(LeafRow.number == size - 1)
    beyond = select(func.min(EntryRow.at)).where(
        EntryRow.position > (case.reading.scalar(covered) or 0), is_kept()
    )
    oldest = case.reading.scalar(beyond)
    if oldest is not None and case.now - oldest > _UNSIGNED:
        yield Finding(
            f"The public log has not been signed since {_told(oldest)}.",
            "See the dispatcher's log for 'the public log is not signed' (docs/transparency.md).",
        )


def _told(moment: datetime) -> str:
    return f"{clock.in_rome(moment):%d/%m/%Y %H:%M}"
