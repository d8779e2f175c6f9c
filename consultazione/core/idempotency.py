"""Idempotency keys: an act that is sent again is answered again, and done once.

A browser gives each act a random key, because the line may break before the answer comes.
The key is a row of `done_act`, written by the transaction of the act, so that it is there
exactly if the act was done.

States of a key, seen by a transaction that brings it:

- new: no row. INSERT claims it; until the transaction ends the row is locked.
- being done: another transaction has claimed it. INSERT waits at the unique index until
  that one ends, then finds the key done (it committed) or new (it was rolled back).
- done: the row is there, with a digest of what was sent and the answer that was given. The
  same content is given that answer; another content is `Invalid`; nothing is done.

A refused act changes nothing and leaves no key, so it may be tried again. Several keys are
claimed in one order everywhere: whoever waits is never waited for. Keys are claimed before
the act takes any lock of its own. After `KEPT_FOR` they are forgotten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Index, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from consultazione.core.columns import Base, Digest, Document, Moment
from consultazione.core.db import Transaction
from consultazione.core.errors import Invalid, Refusal
from consultazione.core.sentences import LazySentence as _

# A browser gives up on an act long before.
KEPT_FOR = timedelta(hours=24)
Answer = Mapping[str, Any]
# The person who sent a key, and the key: nobody meets another's.
OwnedKey = tuple[int, UUID]


class DoneAct(Base):
    """An act that was done, and what was answered."""

    __tablename__ = "done_act"
    __table_args__ = (Index("ix_done_act_done_at", "done_at"),)

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    content: Mapped[Digest]
    answer: Mapped[Document]
    done_at: Mapped[Moment]
    # The number of the confinement in which it was done, with which the key is forgotten.
    confined_to: Mapped[int | None] = mapped_column("rehearsal", BigInteger)


@dataclass(frozen=True)
class Keyed:
    """An act of a batch: who sends it, under which key, and what it is, as JSON values."""

    person_id: int | None
    key: UUID | None
    content: Any

    @property
    def owned_key(self) -> OwnedKey | None:
        """What a repeat is recognised by; None if nothing recognises one."""
        return None if self.person_id is None or self.key is None else (self.person_id, self.key)


def run_once(tx: Transaction, key: UUID | None, content: Any, act: Callable[[], Answer]) -> Answer:
    """The answer of an act, which is done now unless the actor's key shows that it was.

    content: what the act is, as JSON values. act: does it; what it raises is raised here, and
    the caller's transaction, which is then rolled back, takes the key with it. Without a key
    or a person the act is simply done.

    Waits for another transaction that has claimed the same key. Invalid if the key came with
    another content before.
    """
    if key is None or tx.actor.person_id is None:
        return act()
    owned_key = (tx.actor.person_id, key)
    earlier = claim_key(tx, owned_key, digest_of(content))
    if earlier is not None:
        return earlier
    try:
        answer = act()
    except Refusal as refusal:
        release_key(tx, owned_key, refusal)
        raise
    settle_key(tx, owned_key, answer)
    return answer


def claim_key(tx: Transaction, owned_key: OwnedKey, digest: bytes) -> Answer | None:
    """Claim a key for what the transaction is about to do: None, or the answer of the first time.

    The answer is empty if the act had none, or if it is given only after the commit. Waits for
    another transaction that has claimed the same key. Invalid if the key came with another
    content before.
    """
    if _claim(tx, {owned_key: digest}):
        return None
    return _repeated(tx, owned_key, digest)


def settle_key(tx: Transaction, owned_key: OwnedKey, answer: Answer) -> None:
    """Keep the answer of an act under the key that its transaction has claimed."""
    if answer or tx.confinement is not None:
        kept = update(DoneAct).where(_are([owned_key]))
        tx.session.execute(kept.values(answer=answer, confined_to=_confined_to(tx)))


def release_key(tx: Transaction, owned_key: OwnedKey, refusal: Refusal) -> None:
    """Free the key of an act that was refused, where the transaction is committed all the same.

    A refusal that settles something is committed, but the act was not done.
    """
    if refusal.settles:
        _release(tx, [owned_key])


def keep_answer(session: Session, owned_key: OwnedKey, answer: Answer) -> None:
    """Keep an answer that was made after the commit; nothing happens if there is no such key."""
    session.execute(update(DoneAct).where(_are([owned_key])).values(answer=answer))


def is_done(session: Session, owned_key: OwnedKey, digest: bytes) -> bool:
    """True if an act was done under a key with this content."""
    done = select(DoneAct.content).where(_are([owned_key]))
    return session.scalar(done) == digest


def kept_answer(session: Session, owned_key: OwnedKey) -> Answer:
    """What is kept under a key; empty while there is nothing."""
    return session.scalar(select(DoneAct.answer).where(_are([owned_key]))) or {}


def run_each_once(
    tx: Transaction, acts: Sequence[Keyed], run: Callable[[list[int]], Sequence[Any]]
) -> list[Any]:
    """Like `run_once` for a batch of acts that are answered with nothing: None or a refusal each.

    run: given the places in `acts` of those that were not done before, does them and returns
    None or a refusal for each, in that order. Of acts with one key in the same batch the first
    is done, and the others are answered as it is.

    Waits for every other transaction that has claimed one of the keys. The refusal of an act
    leaves the others done, and its own key free; a repeat with another content is Invalid.
    """
    claimed = _claim(tx, _digests(acts))
    firsts = _first_places(acts, claimed)
    new = [p for p, act in enumerate(acts) if _is_new(p, act.owned_key, firsts)]
    answers: dict[int, Any] = dict(zip(new, run(new), strict=True))
    _confine(tx, claimed)
    _release(tx, [acts[place].owned_key for place in new if answers[place]])
    answers |= _repeats(tx, acts, firsts, answers)
    return [answers[place] for place in range(len(acts))]


def forget_old(session: Session, *, now: datetime) -> None:
    """Forget the keys that nobody will send again."""
    session.execute(delete(DoneAct).where(DoneAct.done_at < now - KEPT_FOR))


def forget_confined(session: Session, number: int) -> None:
    """Forget the keys of what was done in a confinement, by its number."""
    session.execute(delete(DoneAct).where(DoneAct.confined_to == number))


def digest_of(content: Any) -> bytes:
    """What a content is recognised by; its fields may come in any order.

    Not the canonical JSON of `core.canonical`: a content may hold ids, dates and enums, and
    the digest is compared with nothing but this function's own of the last day.
    """
    text = json.dumps(content, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _claim(tx: Transaction, digests: Mapping[OwnedKey, bytes]) -> set[OwnedKey]:
    """Claim keys for this transaction; returns those that were new."""
    if not digests:
        return set()
    rows = [
        {"person_id": k[0], "key": k[1], "content": digests[k], "answer": {}, "done_at": tx.now}
        for k in sorted(digests)  # in one order everywhere: no deadlock
    ]
    claimed = insert(DoneAct).on_conflict_do_nothing().returning(DoneAct.person_id, DoneAct.key)
    return {(person_id, key) for person_id, key in tx.session.execute(claimed, rows)}


def _digests(acts: Sequence[Keyed]) -> dict[OwnedKey, bytes]:
    """The digest of the first act under each key."""
    first_wins = reversed(acts)
    return {k: digest_of(act.content) for act in first_wins if (k := act.owned_key) is not None}


def _first_places(acts: Sequence[Keyed], claimed: set[OwnedKey]) -> dict[OwnedKey, int]:
    """Where in the batch each claimed key comes first."""
    firsts: dict[OwnedKey, int] = {}
    for place, act in enumerate(acts):
        if act.owned_key in claimed:
            firsts.setdefault(act.owned_key, place)
    return firsts


def _is_new(place: int, owned_key: OwnedKey | None, firsts: Mapping[OwnedKey, int]) -> bool:
    """True for an act without a key, and for the first one under a key that was claimed."""
    return owned_key is None or firsts.get(owned_key) == place


def _confine(tx: Transaction, claimed: set[OwnedKey]) -> None:
    """Have the claimed keys forgotten with what the transaction is confined to."""
    if claimed and tx.confinement is not None:
        confined = update(DoneAct).where(_are(claimed))
        tx.session.execute(confined.values(confined_to=tx.confinement.number))


def _release(tx: Transaction, refused: Sequence[OwnedKey | None]) -> None:
    """Free the keys of acts that were refused: they may be tried again."""
    owned_keys = [owned_key for owned_key in refused if owned_key is not None]
    if owned_keys:
        tx.session.execute(delete(DoneAct).where(_are(owned_keys)))


def _repeats(
    tx: Transaction,
    acts: Sequence[Keyed],
    firsts: Mapping[OwnedKey, int],
    answers: Mapping[int, Any],
) -> dict[int, Any]:
    """The answers, by place, of acts that were not done now.

    A first that was refused refuses those after it; else the table knows what was sent.
    """
    repeats: dict[int, Any] = {}
    for place, act in enumerate(acts):
        if place not in answers and act.owned_key is not None:
            first = firsts.get(act.owned_key, -1)
            repeats[place] = answers.get(first) or _again(tx, act.owned_key, act.content)
    return repeats


def _again(tx: Transaction, owned_key: OwnedKey, content: Any) -> Invalid | None:
    """The answer of a repeat in a batch."""
    try:
        _repeated(tx, owned_key, digest_of(content))
    except Invalid as refusal:
        return refusal
    return None


def _repeated(tx: Transaction, owned_key: OwnedKey, digest: bytes) -> Answer:
    """What was answered before; Invalid if the key came with another content then."""
    done = tx.session.get_one(DoneAct, owned_key, populate_existing=True)
    if done.content != digest:
        raise Invalid(_("This key belongs to something that was sent before."))
    return done.answer


def _are(owned_keys: Sequence[OwnedKey] | set[OwnedKey]) -> ColumnElement[bool]:
    return tuple_(DoneAct.person_id, DoneAct.key).in_(list(owned_keys))


def _confined_to(tx: Transaction) -> int | None:
    return None if tx.confinement is None else tx.confinement.number
