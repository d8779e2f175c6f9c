"""Tables of minutes: the computed facts, the facilitator's notes, the conclusions, the PDF."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Id, Line, Moment, Prose, enum_text
from consultazione.minutes.compose.types import MinutesDocument, MinutesFacts
from consultazione.proposals.locking import text_stands_once
from consultazione.proposals.models import Proposal
from consultazione.sittings.models import Sitting
from consultazione.sittings.polls.models import Poll
from consultazione.zones.models import Chapter


class MinutesState(StrEnum):
    """The state of minutes. Once approved, they never change."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"


class Minutes(Base):
    """The minutes (*verbale*) of a sitting; each sitting has one."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint(
            "(state = 'draft') = (document IS NULL) AND (document IS NULL) = (digest IS NULL)",
            name="frozen",
        ),
    )

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), unique=True)
    state: Mapped[MinutesState] = mapped_column(enum_text(MinutesState))
    # Composed from the log, and never edited.
    facts: Mapped[MinutesFacts] = mapped_column(JSONB)
    # The approved facts, notes and conclusions, which the digest covers; None before approval.
    document: Mapped[MinutesDocument | None] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(default=1)
    composed_at: Mapped[Moment]
    approved_at: Mapped[Moment | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[Moment | None]
    # SHA-256 (hex) of the canonical approved document, and of its PDF.
    digest: Mapped[Line | None]
    pdf_sha256: Mapped[Line | None]

    sitting: Mapped[Sitting] = relationship()
    gists: Mapped[list[SpeechGist]] = relationship(
        primaryjoin="Minutes.sitting_id == foreign(SpeechGist.sitting_id)",
        order_by="SpeechGist.hand_id",
        viewonly=True,
    )
    notes: Mapped[list[MinutesNote]] = relationship(order_by="MinutesNote.point_id")
    conclusions: Mapped[list[Conclusion]] = relationship(order_by="Conclusion.rank")


class MinutesNote(Base):
    """The facilitator's note on a point of the agenda."""

    __tablename__ = "minutes_note"
    __table_args__ = (UniqueConstraint("minutes_id", "point_id"),)

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"))
    body: Mapped[Prose]
    # How often the note was written, so that a form opened on an older version is refused.
    version: Mapped[int]
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment]


class WordsOf(StrEnum):
    """Whose words a gist is in: of who writes the minutes, or of who spoke."""

    WRITER = "writer"
    SPEAKER = "speaker"


class SpeechGist(Base):
    """The gist of a speech, found by the hand that was raised for it.

    version: how often it was written, so that a form opened on an older version is refused.
    """

    __tablename__ = "speech_gist"

    hand_id: Mapped[int] = mapped_column(ForeignKey("hand.id"), primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    body: Mapped[Prose]
    version: Mapped[int]
    words_of: Mapped[WordsOf] = mapped_column(enum_text(WordsOf))
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment]


class Conclusion(Base):
    """A conclusion on a point, and the chapter of the plan that it addresses.

    poll_id: the vote on which it rests. held: left out of the outcome, since no valid vote or
    no quorum is behind it and the zone holds such conclusions back.
    """

    __tablename__ = "conclusion"
    __table_args__ = (
        UniqueConstraint("minutes_id", "rank"),
        Index("ix_conclusion_proposal_id", "proposal_id"),
    )

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    rank: Mapped[int]
    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    body: Mapped[Prose]
    poll_id: Mapped[int | None] = mapped_column(ForeignKey(Poll.id))
    held: Mapped[bool] = mapped_column(default=False)

    chapter: Mapped[Chapter] = relationship()
    proposal: Mapped[Proposal | None] = relationship()


class MinutesPdf(Base):
    """The sealed PDF of approved minutes, in the database so that both commit together."""

    __tablename__ = "minutes_pdf"

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), primary_key=True)
    content: Mapped[bytes]
    sealed_at: Mapped[Moment]


def _published_conclusions(proposal_id: int) -> Select[int]:
    """The conclusions on a proposal that everybody can read."""
    return (
        select(Conclusion.id)
        .join(Minutes, Minutes.id == Conclusion.minutes_id)
        .where(Conclusion.proposal_id == proposal_id, Minutes.state == MinutesState.PUBLISHED)
    )


text_stands_once(_published_conclusions)
