"""Invitations, with the digest of the secret that stands in their link."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultazione.core.actor import Role
from consultazione.core.columns import Base, Digest, Id, Line, Moment, enum_text
from consultazione.people.models import Organisation


class InvitationState(StrEnum):
    """What has become of an invitation; it LAPSED if nobody used it for long."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Invitation(Base):
    """An invitation to an address that has no account yet.

    email, display_name: forgotten once it is settled. role, table_id: what they are given when
    they accept; None for nothing. organisation_id, act: for whom they speak then, and by which
    act. token_digest: of the secret in the mail; None while the mail is owed. expires_at: of
    the mail that was sent last. person_id: whose account came of it.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "zone_id",
            "email",
            unique=True,
            postgresql_where="state = 'open'",
        ),
        Index("ix_invitation_email", "email"),
        ForeignKeyConstraint(
            ["table_id", "zone_id"], ["thematic_table.id", "thematic_table.zone_id"]
        ),
        CheckConstraint("(state = 'open') = (email IS NOT NULL)", name="forgotten"),
        CheckConstraint("(organisation_id IS NULL) = (act IS NULL)", name="act"),
    )

    id: Mapped[Id]
    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    email: Mapped[Line | None]
    display_name: Mapped[Line | None]
    role: Mapped[Role | None] = mapped_column(enum_text(Role))
    table_id: Mapped[int | None] = mapped_column(BigInteger)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    act: Mapped[Line | None]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[Moment]
    state: Mapped[InvitationState] = mapped_column(
        enum_text(InvitationState), default=InvitationState.OPEN
    )
    token_digest: Mapped[Digest | None] = mapped_column(unique=True)
    expires_at: Mapped[Moment | None]
    settled_at: Mapped[Moment | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation | None] = relationship()
