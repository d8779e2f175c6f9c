"""Tables of surveys: the survey, its questions, and what people answer until it is closed."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.columns import Base, Document, Id, Line, Moment, Prose, enum_text
from consultazione.people.models import Category
from consultazione.sittings.models import AgendaPoint, Sitting
from consultazione.tables.models import ThematicTable


class QuestionKind(StrEnum):
    """How a question is answered; `kinds` has a class for each."""

    SINGLE = "single"
    SEVERAL = "several"
    SCALE = "scale"
    TEXT = "text"


class Survey(Base):
    """Questions of a table, before a sitting or by themselves.

    It is prepared, then open, then closed. least_group: of fewer people than these nothing is
    shown. results: see `results`, None until it is closed, and with too few people for ever.
    participants: how many had answered when it was closed.
    """

    __tablename__ = "survey"
    __table_args__ = (
        Index("ix_survey_table_id", "table_id"),
        Index("ix_survey_sitting_id", "sitting_id"),
        CheckConstraint("least_group >= 5", name="least_group"),
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened"),
        CheckConstraint("(closed_at IS NULL) = (participants IS NULL)", name="closed"),
    )

    id: Mapped[Id]
    table_id: Mapped[int] = mapped_column(ForeignKey("thematic_table.id"))
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("sitting.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    title: Mapped[Line]
    intro: Mapped[Prose]
    least_group: Mapped[int]
    prepared_at: Mapped[Moment]
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    participants: Mapped[int | None]
    results: Mapped[Document | None]

    table: Mapped[ThematicTable] = relationship()
    sitting: Mapped[Sitting | None] = relationship()
    point: Mapped[AgendaPoint | None] = relationship()
    questions: Mapped[list[SurveyQuestion]] = relationship(
        order_by="SurveyQuestion.number", back_populates="survey"
    )

    @property
    def is_prepared(self) -> bool:
        """True until it is opened: then who prepares it alone sees it."""
        return self.opened_at is None

    @property
    def is_open(self) -> bool:
        """True while people answer."""
        return self.opened_at is not None and self.closed_at is None


class SurveyQuestion(Base):
    """A question of a survey. number: its place, from 1 on, with gaps for those taken out.

    options: what one chooses from, one a line; empty for kinds without.
    """

    __tablename__ = "survey_question"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[Id]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(enum_text(QuestionKind))
    body: Mapped[Line]
    options: Mapped[Prose]

    survey: Mapped[Survey] = relationship(back_populates="questions")

    @property
    def choices(self) -> list[str]:
        """What one chooses from, in order."""
        return self.options.splitlines()


class SurveyParticipant(Base):
    """That a person has answered a survey, in which category. Deleted when it is closed."""

    __tablename__ = "survey_participant"
    __table_args__ = (Index("ix_survey_participant_person_id", "person_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    category: Mapped[Category] = mapped_column(enum_text(Category))


class SurveyAnswer(Base):
    """What a person answered to a question: places of choices from 0 on, or words.

    Deleted when the survey is closed.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (Index("ix_survey_answer_person_id", "person_id"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("survey_question.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    chosen: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    words: Mapped[Prose | None]


class SurveyText(Base):
    """Words that somebody answered to a question of a closed survey; nothing says who.

    For who runs the table alone, in no telling order.
    """

    __tablename__ = "survey_text"
    __table_args__ = (Index("ix_survey_text_question_id", "question_id"),)

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("survey_question.id"))
    body: Mapped[Prose]
