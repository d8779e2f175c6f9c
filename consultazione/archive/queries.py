"""How far the archive of a cycle is: asked of the log, which alone says it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.archive.events import (
    ArchiveMade,
    ArchiveRequested,
    ArchiveRestored,
    ArchiveWithdrawn,
)
from consultazione.core.job_outbox import Job, JobState
from consultazione.core.log import Entry, EntryRow, head, read_entry
from consultazione.plan.events import plan_stream
from consultazione.zones.models import Cycle
from consultazione.zones.queries import get_cycle

# The reaction that makes an archive.
_MAKING = "make_archive"


@dataclass(frozen=True)
class ArchiveState:
    """The newest archive of a cycle, if there is one, and whether one is being made.

    is_given_up: True if the one that was asked for last could not be made: its job is dead.
    withdrawn: where in the log an order of erasure last took one away, 0 if none did.
    number: of the last entry of the stream that says so.
    """

    made: Entry | None
    is_being_made: bool
    is_given_up: bool
    withdrawn: int
    stream: str
    number: int

    @property
    def event(self) -> ArchiveMade | None:
        """What is said of the newest archive."""
        found = self.made.event if self.made else None
        assert found is None or isinstance(found, ArchiveMade)
        return found


def archive_state(session: Session, cycle_id: int) -> ArchiveState:
    """How far the archive of a cycle is."""
    stream = plan_stream(cycle_id)
    made = _newest(session, stream, ArchiveMade.kind)
    requested = _newest(session, stream, ArchiveRequested.kind)
    withdrawn = _newest(session, stream, ArchiveWithdrawn.kind)
    # What was asked for and made before, was elsewhere.
    gone = max(withdrawn, _newest(session, stream, ArchiveRestored.kind))
    is_owed = requested > max(made, gone)
    is_given_up = is_owed and _is_dead(session, requested)
    return ArchiveState(
        made=read_entry(session, made) if made > gone else None,
        is_being_made=is_owed and not is_given_up,
        is_given_up=is_given_up,
        withdrawn=withdrawn,
        stream=stream,
        number=head(session, stream),
    )


@dataclass(frozen=True)
class Known:
    """An archive that was made here. withdrawn: whether an order of erasure took it away since."""

    cycle: Cycle
    made: Entry
    withdrawn: bool


def archive_by_digest(session: Session, sha256: str) -> Known | None:
    """The archive with that SHA-256 (hex), of whatever cycle; None if none was made here."""
    streams = [plan_stream(cycle_id) for cycle_id in session.scalars(select(Cycle.id))]
    query = (
        select(EntryRow.position)
        .where(EntryRow.stream.in_(streams), EntryRow.kind == ArchiveMade.kind)
        .where(EntryRow.data["sha256"].astext == sha256)
        .order_by(EntryRow.position.desc())
    )
    position = session.scalar(query.limit(1))
    if position is None:
        return None
    made = read_entry(session, position)
    assert isinstance(made.event, ArchiveMade)
    withdrawn = _newest(session, made.stream, ArchiveWithdrawn.kind) > position
    return Known(get_cycle(session, made.event.cycle_id), made, withdrawn)


def _is_dead(session: Session, requested: int) -> bool:
    """True if the job that a request calls for has failed as often as it may."""
    job = session.get(Job, (requested, _MAKING))
    return job is not None and job.state is JobState.DEAD


def _newest(session: Session, stream: str, kind: str) -> int:
    """The position of the newest entry of a kind; 0 if there is none."""
    query = (
        select(EntryRow.position)
        .filter_by(stream=stream, kind=kind)
        .order_by(EntryRow.position.desc())
    )
    return session.scalar(query.limit(1)) or 0
