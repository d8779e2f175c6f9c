"""Tables of minutes: the computed facts, the facilitator's notes, the conclusions, the PDF."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text
from consultazione.minutes.compose.types import MinutesDocument, MinutesFacts
from consultazione.people.models import Person
from consultazione.proposals.locking import text_stands_once
from consultazione.proposals.models import Proposal
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.sittings.polls.models import Poll
from consultazione.zones.models import Chapter


class MinutesState(StrEnum):
    """The state of minutes. Once approved, they never change."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"


class Piece(StrEnum):
    """What a correction is asked of: a text that people wrote, or the facts, which stay."""

    NOTE = "note"
    GIST = "gist"
    CONCLUSION = "conclusion"
    FACT = "fact"


class CorrectionState(StrEnum):
    """The states of a request; answered: one about facts, in words."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Minutes(Base):
    """The minutes (*verbale*) of a sitting; each sitting has one."""

    __tablename__ = "minutes"
    __table_args__ = (
        CheckConstraint(
            "(state = 'draft') = (document IS NULL) AND (document IS NULL) = (digest IS NULL)",
            name="frozen",
        ),
        CheckConstraint("(circulated_at IS NULL) = (corrections_until IS NULL)", name="circulated"),
        CheckConstraint("(endorsed_by IS NULL) = (endorsed_version IS NULL)", name="endorsed"),
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

    # Since when, and until which day, those present can ask for corrections of the draft.
    circulated_at: Mapped[Moment | None]
    corrections_until: Mapped[Day | None]
    # The first of two who approve, and the version that they read.
    endorsed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    endorsed_version: Mapped[int | None]
    # The point of a later sitting at which the table approved them.
    approved_point_id: Mapped[int | None] = mapped_column(ForeignKey(AgendaPoint.id), index=True)

    sitting: Mapped[Sitting] = relationship()
    corrections: Mapped[list[MinutesCorrection]] = relationship(
        order_by="MinutesCorrection.id", back_populates="minutes"
    )
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


class MinutesCorrection(Base):
    """A request of somebody who was there: these words instead of those, and why.

    subject_id: the point of a note, the hand of a gist, the id of a conclusion; of facts the
    point that they are about, 0 for none. old_words: a passage as it stands; empty to add a
    sentence at the end. answer: why it was refused, or what was said about the facts.
    """

    __tablename__ = "minutes_correction"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("(state IN ('refused', 'answered')) = (answer IS NOT NULL)", name="answer"),
        CheckConstraint("(state = 'answered') <= (piece = 'fact')", name="fact"),
    )

    id: Mapped[Id]
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    piece: Mapped[Piece] = mapped_column(enum_text(Piece))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    old_words: Mapped[Prose]
    new_words: Mapped[Prose]
    reason: Mapped[Prose]
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[Moment]
    state: Mapped[CorrectionState] = mapped_column(enum_text(CorrectionState))
    answer: Mapped[Prose | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Moment | None]

    asker: Mapped[Person] = relationship(foreign_keys=[asked_by])
    minutes: Mapped[Minutes] = relationship(back_populates="corrections")


class MinutesPdf(Base):
    """The sealed PDF of approved minutes, in the database so that both commit together."""

    __tablename__ = "minutes_pdf"

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), primary_key=True)
    content: Mapped[bytes]
    sealed_at: Mapped[Moment]


def _published_conclusions(proposal_id: Any) -> Select[int]:
    """The conclusions on a proposal that everybody can read."""
    return (
        select(Conclusion.id)
        .join(Minutes, Minutes.id == Conclusion.minutes_id)
        .where(Conclusion.proposal_id == proposal_id, Minutes.state == MinutesState.PUBLISHED)
    )


text_stands_once(_published_conclusions)
