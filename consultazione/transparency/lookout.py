"""When a checkpoint is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow, is_kept
from consultazione.transparency.models import CheckpointRow, LeafRow

EVERY = timedelta(minutes=1)
AT_ONCE = 5000
# What should be provable at once: the end of a sitting, of a poll, of a phase, of a document.
ENDINGS = (
    "budget.closed", "minutes.published", "minutes.sealed", "outcome.closed", "phase.closed",
    "plan.approved", "poll.annulled", "poll.closed", "programme.approved", "sitting.closed",
)  # fmt: skip
_NEWEST = select(CheckpointRow.size, CheckpointRow.at).order_by(CheckpointRow.size.desc()).limit(1)


class Lookout:
    """Looks out for what is not under a checkpoint yet; at each entry once, some at a time."""

    def __init__(self) -> None:
        self._size, self._looked = -1, 0
        self._has_news = self._has_ended = False

    def is_due(self, session: Session, *, now: datetime) -> bool:
        """True if a checkpoint should be signed: something ended, or happened a minute ago.

        Two statements, whatever has happened since the last look. session: of one snapshot.
        """
        size, at = session.execute(_NEWEST).one_or_none() or (0, None)
        if size != self._size:
            covered = select(LeafRow.position).where(LeafRow.number == size - 1)
            self._begin_after(size, session.scalar(covered) or 0)
        self._look(session)
        is_young = at is not None and at <= now < at + EVERY
        return self._has_ended or (self._has_news and not is_young)

    def _look(self, session: Session) -> None:
        """Note of the next entries whether one is kept, and whether one says that something ended.

        A range of positions, which an index gives whatever PostgreSQL knows of the log's length.
        """
        beyond = select(func.min(EntryRow.position)).where(EntryRow.position > self._looked)
        first, kept = beyond.scalar_subquery(), is_kept()
        ended = and_(kept, EntryRow.kind.in_(ENDINGS))
        looked, has_news, has_ended = session.execute(
            select(func.max(EntryRow.position), func.bool_or(kept), func.bool_or(ended)).where(
                EntryRow.position.between(first, first + AT_ONCE - 1)
            )
        ).one()
        self._looked = looked or self._looked
        self._has_news |= bool(has_news)
        self._has_ended |= bool(has_ended)

    def _begin_after(self, size: int, position: int) -> None:
        self._size, self._looked = size, position
        self._has_news = self._has_ended = False
