"""Acts that have been done, by the keys that their senders gave them: none is done twice.

Whoever sends an act over a line that may break gives it a random key. The key is kept in
the transaction of the act, with its answer, so that a repeat finds the answer and does
nothing. Two repeats at once wait for each other at the key. What was refused changed
nothing and left no key: it may be tried again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import BigInteger, Index, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Digest, Document, Moment
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid

# A browser gives up on an act long before.
KEPT_FOR = timedelta(hours=24)
Answer = dict[str, Any]


class DoneAct(Base):
    """An act that was done, and what was answered."""

    __tablename__ = "done_act"
    __table_args__ = (Index("ix_done_act_done_at", "done_at"),)

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[Digest]
    answer: Mapped[Document]
    done_at: Mapped[Moment]


def once(tx: Transaction, key: UUID | None, content: Any, act: Callable[[], Answer]) -> Answer:
    """The answer of an act, which is done now unless the actor's key shows that it was.

    content: what the act is, as JSON; Invalid if the key came with another before. Without
    a key or a person the act is simply done.
    """
    if key is None or tx.actor.person_id is None:
        return act()
    own = (tx.actor.person_id, key)
    digest = digest_of(content)
    if _claim(tx, own, digest):
        answer = act()
        tx.session.execute(
            update(DoneAct)
            .where(DoneAct.person_id == own[0], DoneAct.key == key)
            .values(answer=answer)
        )
        return answer
    done = tx.session.get_one(DoneAct, own, populate_existing=True)
    if done.content != digest:
        raise Invalid(_("This key belongs to something that was sent before."))
    return done.answer


def forget_old(session: Session, *, now: datetime) -> None:
    """Forget the keys that nobody will send again."""
    session.execute(delete(DoneAct).where(DoneAct.done_at < now - KEPT_FOR))


def digest_of(content: Any) -> bytes:
    """By which a content is recognised; its fields may come in any order."""
    text = json.dumps(content, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _claim(tx: Transaction, own: tuple[int, UUID], digest: bytes) -> bool:
    """Take a key for this transaction; False if it belongs to an act that was done."""
    taken = insert(DoneAct).values(
        person_id=own[0], key=own[1], content=digest, answer={}, done_at=tx.now
    )
    claimed = taken.on_conflict_do_nothing().returning(DoneAct.key)
    return tx.session.scalar(claimed) is not None
