"""A careful judgement of what may be published: what is not named here is withheld.

An open entry shows the ids of who acted, pseudonyms that stay the same from entry to entry. So
only those kinds are open in which somebody acts in office, or whose author a page names; who was
present, who supports, asks or votes is withheld.
"""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.core.log import EntryRow

# Kinds of entries whose data pages show to everybody, and their free texts with them.
_OPEN = frozenset(
    {
        "act.recorded",
        "agenda.point_added",
        "agenda.point_closed",
        "agenda.point_started",
        "agreement.signed",
        "approval.recorded",
        "chapter.added",
        "cycle.opened",
        "document.attached",
        "gathering.announced",
        "material.published",
        "material.replaced",
        "minutes.approved",
        "minutes.composed",
        "minutes.published",
        "minutes.sealed",
        "outcome.closed",
        "outcome.opened",
        "phase.closed",
        "phase.deadline_set",
        "phase.opened",
        "plan.approved",
        "plan.declared_ready",
        "plan.draft_published",
        "poll.opened",
        "programme.approved",
        "programme.opened",
        "proposal.admitted",
        "proposal.edited",
        "proposal.not_admitted",
        "proposal.submitted",
        "proposal.withdrawn",
        "seat.taken",
        "sitting.cancelled",
        "sitting.closed",
        "sitting.convened",
        "sitting.opened",
        "sitting.postponed",
        "table.set_up",
        "zone.set_up",
    }
)
# The words of what a visitor does not always read.
_UNLESS_HIDDEN = frozenset({"comment.edited", "comment.written"})
_WITHDRAWN_TITLES = frozenset({"document.attached", "material.published"})


class Judgement:
    """A `Disclosure` over the rows that say what is hidden now."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_open(self, entry: EntryRow) -> bool:
        """True for the kinds that are listed; of comments, for those that everybody reads."""
        if entry.kind in _UNLESS_HIDDEN:
            return entry.data["comment_id"] not in self._hidden
        return entry.kind in _OPEN

    def shows(self, entry: EntryRow, name: str) -> bool:
        """True for all texts of an open entry but titles of files that may be withdrawn since."""
        del name
        return entry.kind not in _WITHDRAWN_TITLES

    @cached_property
    def _hidden(self) -> frozenset[int]:
        """The comments whose words not everybody reads."""
        gone = Comment.hidden_at.is_not(None) | Comment.withdrawn_at.is_not(None)
        return frozenset(self._session.scalars(select(Comment.id).where(gone)))
