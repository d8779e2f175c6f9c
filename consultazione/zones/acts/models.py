"""Tables of acts: earlier wordings, steps of approval, and the signatories of an agreement."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Day, Id, Line, Moment, Prose, enum_text
from consultazione.zones.models import ActKind


class SignatoryKind(StrEnum):
    """How a body is bound by a programme agreement.

    Without each of its subscribers (*sottoscrittori*) an agreement is not valid; adherents
    (*aderenti*) join it by a declaration.
    """

    SUBSCRIBER = "subscriber"
    ADHERENT = "adherent"


class ActVersion(Base):
    """What an act said before a correction, and why it was corrected."""

    __tablename__ = "act_version"
    __table_args__ = (UniqueConstraint("act_id", "version"),)

    id: Mapped[Id]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    version: Mapped[int]
    kind: Mapped[ActKind] = mapped_column(enum_text(ActKind))
    title: Mapped[Line]
    number: Mapped[Line | None]
    on_day: Mapped[Day]
    body: Mapped[Line]
    source: Mapped[Line]
    url: Mapped[Line | None]
    reason: Mapped[Prose]
    replaced_at: Mapped[Moment]


class ApprovalStep(Base):
    """A body's approval of an act in one of its sittings (*seduta*)."""

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("act_id", "body", "session_day"),
        Index("ix_approval_step_deciding_act_id", "deciding_act_id"),
    )

    id: Mapped[Id]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    body: Mapped[Line]
    session_day: Mapped[Day]
    # The body's own deliberation: its number as it is cited, or the act of the register.
    reference: Mapped[Line | None]
    deciding_act_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("act.id"))
    demo: Mapped[bool] = mapped_column(default=False)


class Signatory(Base):
    """A body that signs, or joins, a programme agreement; signed_on: None until it has."""

    __tablename__ = "signatory"
    __table_args__ = (UniqueConstraint("act_id", "name"),)

    id: Mapped[Id]
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"))
    kind: Mapped[SignatoryKind] = mapped_column(enum_text(SignatoryKind))
    name: Mapped[Line]
    signed_on: Mapped[Day | None]
    demo: Mapped[bool] = mapped_column(default=False)
