"""Tables of written questions and their upvotes."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Id, Moment, Prose, enum_text
from consultazione.people.models import Category


class QuestionState(StrEnum):
    """The states of a written question."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"
    MERGED = "merged"
    ANSWERED = "answered"


class Question(Base):
    """A question that a participant asks in writing; others see it once it is shown.

    reason: why it is hidden. answer: the written answer; None for one answered live.
    """

    __tablename__ = "question"

    id: Mapped[Id]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    category: Mapped[Category] = mapped_column(enum_text(Category))
    body: Mapped[Prose]
    state: Mapped[QuestionState] = mapped_column(enum_text(QuestionState))
    reason: Mapped[Prose | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    answer: Mapped[Prose | None]
    asked_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]


class Upvote(Base):
    """A participant's upvote of a question that they would like to be answered."""

    __tablename__ = "question_upvote"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
