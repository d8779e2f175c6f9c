"""Addresses at which mails do not arrive any more, by what other mail servers say.

After a few such reports nothing but what confirms the address goes there, so that a site does not
write on to boxes that are gone. Whoever confirms their address anew, or another one, begins at
none.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Line, Moment, among

# So many reports, of a mail each, and the address counts as failing.
MOST_BOUNCES = 3


class MailBounces(Base):
    """How many mails to a person's address came back for good since it was confirmed.

    status: what the last report said, as RFC 3463 has it (`5.1.1`).
    """

    __tablename__ = "mail_bounces"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[Moment]
    status: Mapped[Line]

    @property
    def is_failing(self) -> bool:
        """True if mails do not go there any more."""
        return self.count >= MOST_BOUNCES


def count_bounce(session: Session, person_id: int, *, status: str, at: datetime) -> None:
    """Count that a mail to a person's address came back for good."""
    row = {"person_id": person_id, "count": 1, "last_at": at, "status": status}
    again = {"count": MailBounces.count + 1, "last_at": at, "status": status}
    statement = insert(MailBounces).values(row)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=again))


def failing(session: Session, person_id: int | None) -> MailBounces | None:
    """What is known of a person's address if mails do not go there any more; else None."""
    row = session.get(MailBounces, person_id) if person_id is not None else None
    return row if row is not None and row.is_failing else None


def failing_among(session: Session, person_ids: Collection[int]) -> set[int]:
    """Those of some persons to whose addresses mails do not go any more."""
    query = select(MailBounces.person_id).where(MailBounces.count >= MOST_BOUNCES)
    return set(session.scalars(query.where(among(MailBounces.person_id, person_ids))))


def forget_bounces(session: Session, person_id: int) -> None:
    """Begin at none again: the address was confirmed, or is another one."""
    session.execute(delete(MailBounces).where(MailBounces.person_id == person_id))
