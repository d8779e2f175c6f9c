"""What of the entries an archive publishes: that of the public log, and what people wrote.

`transparency` judges by the kind alone, once and for ever. An archive knows what is hidden now: so
proposals and comments that everybody reads, with their authors, are open in it. Whoever reads both
can prove that no word of them was falsified; and the numbers of documents that are for everybody.
Who was present, supports, asks or votes is withheld.
"""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.comments.models import Comment
from consultazione.core.log import EntryRow
from consultazione.documents.events import DocumentRegistered
from consultazione.documents.models import Registration
from consultazione.proposals.models import Proposal
from consultazione.transparency.disclosure import judge

# What pages show of proposals and comments, with the name of who wrote them.
_WRITTEN = frozenset({"comment.edited", "comment.written", "proposal.edited", "proposal.submitted"})
# Titles of what may be withdrawn since, which pages then do not show.
_MAY_GO = frozenset({"agenda.material_attached", "document.attached", "material.published"})


class Judgement:
    """A `Disclosure` over the rows that say what is hidden now."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_open(self, entry: EntryRow) -> bool:
        """True for what `transparency` judges public, and for what pages show with its author."""
        if entry.data is None:
            return False  # withheld by the archive that it was restored from
        if entry.kind in _WRITTEN:
            return self._is_read(entry)
        if entry.kind == DocumentRegistered.kind:
            return entry.data["registration_id"] not in self._of_one
        return judge(entry.kind).is_public

    def shows(self, entry: EntryRow, name: str) -> bool:
        """True for the texts that may be read; of what may be withdrawn, for none."""
        if entry.kind in _WRITTEN:
            return name != "reason"
        return name in judge(entry.kind).texts and entry.kind not in _MAY_GO

    def _is_read(self, entry: EntryRow) -> bool:
        """True for what was written in a proposal or a comment that everybody reads."""
        if entry.kind.startswith("proposal."):
            return entry.data["proposal_id"] not in self._hidden_proposals
        return entry.data["comment_id"] not in self._hidden

    @cached_property
    def _hidden_proposals(self) -> frozenset[int]:
        query = select(Proposal.id).where(Proposal.hidden_at.is_not(None))
        return frozenset(self._session.scalars(query))

    @cached_property
    def _hidden(self) -> frozenset[int]:
        """The comments whose words not everybody reads."""
        gone = Comment.hidden_at.is_not(None) | Comment.withdrawn_at.is_not(None)
        return frozenset(self._session.scalars(select(Comment.id).where(gone)))

    @cached_property
    def _of_one(self) -> frozenset[int]:
        """The numbered documents that were written for one organisation."""
        query = select(Registration.id).where(Registration.organisation_id.is_not(None))
        return frozenset(self._session.scalars(query))
