"""The table of who somebody is at the gateway."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Digest, Moment


class GatewayIdentity(Base):
    """That an account is of somebody whom the gateway knows.

    subject_digest: of the gateway's own name for them (`subjects`), which is not kept itself.
    level: of SPID, 1 to 3, the highest by which they came so far.
    """

    __tablename__ = "gateway_identity"
    __table_args__ = (
        UniqueConstraint("person_id"),
        CheckConstraint("level BETWEEN 1 AND 3", name="level"),
    )

    subject_digest: Mapped[Digest] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    level: Mapped[int] = mapped_column(SmallInteger)
    linked_at: Mapped[Moment]
    used_at: Mapped[Moment]
