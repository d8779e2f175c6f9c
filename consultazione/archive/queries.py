"""How far the archive of a cycle is: asked of the log, which alone says it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.archive.events import ArchiveMade, ArchiveRequested, ArchiveWithdrawn
from consultazione.core.log import Entry, EntryRow, head, read_entry
from consultazione.plan.events import plan_stream


@dataclass(frozen=True)
class ArchiveState:
    """The newest archive of a cycle, if there is one, and whether one is being made.

    withdrawn: where in the log an order of erasure last took one away, 0 if none did.
    number: of the last entry of the stream that says so.
    """

    made: Entry | None
    is_being_made: bool
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
    return ArchiveState(
        made=read_entry(session, made) if made > withdrawn else None,
        is_being_made=requested > max(made, withdrawn),
        withdrawn=withdrawn,
        stream=stream,
        number=head(session, stream),
    )


def _newest(session: Session, stream: str, kind: str) -> int:
    """The position of the newest entry of a kind; 0 if there is none."""
    query = (
        select(EntryRow.position)
        .filter_by(stream=stream, kind=kind)
        .order_by(EntryRow.position.desc())
    )
    return session.scalar(query.limit(1)) or 0
