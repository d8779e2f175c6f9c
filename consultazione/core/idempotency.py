"""Acts that have been done, by the keys that their senders gave them: none is done twice.

Whoever sends an act over a line that may break gives it a random key. The key is kept in
the transaction of the act, with its answer, so that a repeat finds the answer and does
nothing. Two repeats at once wait for each other at the key. What was refused changed
nothing and left no key: it may be tried again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import BigInteger, Index, delete, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Digest, Document, Moment
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid

# A browser gives up on an act long before.
KEPT_FOR = timedelta(hours=24)
Answer = Mapping[str, Any]
# A person's key.
Own = tuple[int, UUID]


class DoneAct(Base):
    """An act that was done, and what was answered."""

    __tablename__ = "done_act"
    __table_args__ = (Index("ix_done_act_done_at", "done_at"),)

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[Digest]
    answer: Mapped[Document]
    done_at: Mapped[Moment]
    # What was rehearsed is forgotten with its rehearsal.
    rehearsal: Mapped[int | None] = mapped_column(BigInteger)


def run_once(tx: Transaction, key: UUID | None, content: Any, act: Callable[[], Answer]) -> Answer:
    """The answer of an act, which is done now unless the actor's key shows that it was.

    content: what the act is, as JSON; Invalid if the key came with another before. Without
    a key or a person the act is simply done.
    """
    if key is None or tx.actor.person_id is None:
        return act()
    own = (tx.actor.person_id, key)
    digest = digest_of(content)
    if not _claim(tx, {own: digest}):
        return _repeated(tx, own, digest)
    answer = act()
    if answer or tx.rehearsal is not None:
        kept = update(DoneAct).where(DoneAct.person_id == own[0], DoneAct.key == key)
        tx.session.execute(kept.values(answer=answer, rehearsal=tx.rehearsal))
    return answer


@dataclass(frozen=True)
class Keyed:
    """Somebody's act that may have been sent before, as its key and its content say."""

    person_id: int | None
    key: UUID | None
    content: Any

    @property
    def own(self) -> Own | None:
        """Under what it is kept; None if nothing recognises a repeat of it."""
        return None if self.person_id is None or self.key is None else (self.person_id, self.key)


def run_each_once(
    tx: Transaction, acts: Sequence[Keyed], run: Callable[[list[int]], Sequence[Any]]
) -> list[Any]:
    """Like `once` for many acts that are answered with nothing.

    run: does those acts, given by their place, that were not done before; gives for each
    None or its refusal, as does this.
    """
    digests = {act.own: digest_of(act.content) for act in reversed(acts) if act.own is not None}
    claimed = _claim(tx, digests)
    firsts: dict[Own, int] = {}
    for place, act in enumerate(acts):
        if act.own in claimed:
            firsts.setdefault(act.own, place)
    new = [p for p, act in enumerate(acts) if act.own is None or firsts.get(act.own) == p]
    answers: dict[int, Any] = dict(zip(new, run(new), strict=True))
    if claimed and tx.rehearsal is not None:
        mine = tuple_(DoneAct.person_id, DoneAct.key).in_(list(claimed))
        tx.session.execute(update(DoneAct).where(mine).values(rehearsal=tx.rehearsal))
    _release(tx, [own for place in new if answers[place] and (own := acts[place].own)])
    for place, act in enumerate(acts):
        if act.own is not None and place not in answers:
            first = answers.get(firsts.get(act.own, -1))
            answers[place] = first or _again(tx, act.own, digest_of(act.content))
    return [answers[place] for place in range(len(acts))]


def forget_old(session: Session, *, now: datetime) -> None:
    """Forget the keys that nobody will send again."""
    session.execute(delete(DoneAct).where(DoneAct.done_at < now - KEPT_FOR))


def forget_rehearsed(session: Session, rehearsal: int) -> None:
    """Forget the keys of what was done in a rehearsal."""
    session.execute(delete(DoneAct).where(DoneAct.rehearsal == rehearsal))


def digest_of(content: Any) -> bytes:
    """By which a content is recognised; its fields may come in any order."""
    text = json.dumps(content, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _claim(tx: Transaction, acts: Mapping[Own, bytes]) -> set[Own]:
    """Take keys for this transaction; those that belong to no act that was done."""
    if not acts:
        return set()
    rows = [
        {"person_id": own[0], "key": own[1], "content": acts[own], "answer": {}, "done_at": tx.now}
        for own in sorted(acts)  # in one order everywhere: nobody waits in a circle
    ]
    claimed = insert(DoneAct).on_conflict_do_nothing().returning(DoneAct.person_id, DoneAct.key)
    return {(person_id, key) for person_id, key in tx.session.execute(claimed, rows)}


def _repeated(tx: Transaction, own: Own, digest: bytes) -> Answer:
    """What was answered before; Invalid if the key came with another content then."""
    done = tx.session.get_one(DoneAct, own, populate_existing=True)
    if done.content != digest:
        raise Invalid(_("This key belongs to something that was sent before."))
    return done.answer


def _again(tx: Transaction, own: Own, digest: bytes) -> Invalid | None:
    try:
        _repeated(tx, own, digest)
    except Invalid as refusal:
        return refusal
    return None


def _release(tx: Transaction, refused: list[Own]) -> None:
    """What was refused left no key: it may be tried again."""
    if refused:
        own = tuple_(DoneAct.person_id, DoneAct.key)
        tx.session.execute(delete(DoneAct).where(own.in_(refused)))
