"""The table of drafts of proposals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Moment
from consultazione.zones.models import Cycle


class ProposalDraft(Base):
    """A proposal that somebody is writing; only they see it, and it goes when it is handed in.

    answers: what was typed, by the fields of the form, whole or not. version: 1, and one more with
    each saving, so that of two devices neither overwrites what the other has saved.
    """

    __tablename__ = "proposal_draft"
    __table_args__ = (Index("ix_proposal_draft_person_id", "person_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    answers: Mapped[Document]
    version: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[Moment]
    saved_at: Mapped[Moment]

    cycle: Mapped[Cycle] = relationship()

    @property
    def title(self) -> str:
        """The title as far as it is written."""
        return str(self.answers.get("title") or "")

    def answer(self, name: str) -> Any:
        """What was typed into a field; None if nothing was."""
        return self.answers.get(name)
