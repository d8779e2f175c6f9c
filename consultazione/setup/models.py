"""Tables of setting up: the link of the first start, and drafts of zones."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Document, Id, Moment


class SetupLink(Base):
    """The link whose holder becomes the installation's administrator; only one at a time.

    Only the digest of its secret is stored.
    """

    __tablename__ = "setup_link"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    token_digest: Mapped[Digest]
    expires_at: Mapped[Moment]


class ZoneDraft(Base):
    """A zone that somebody is setting up; only they see it, and it goes when the zone is made.

    answers: what was typed, by step and field.
    """

    __tablename__ = "zone_draft"
    __table_args__ = (Index("ix_zone_draft_person_id", "person_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answers: Mapped[Document]
    begun_at: Mapped[Moment]
    saved_at: Mapped[Moment]
