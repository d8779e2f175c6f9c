"""The keys of secret polls: made with the poll, found while it is open, destroyed at its end."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import partial

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict
from consultazione.core.keys import KeyStore
from consultazione.sittings.polls.envelopes import PollSeal
from consultazione.sittings.polls.models import Envelope, Poll, PollState, SealSalt
from consultazione.sittings.polls.rules import rules_of

# The opening of a poll that is younger than this may not be committed yet.
_UNCOMMITTED_FOR = timedelta(minutes=10)
BROKEN = _("Your sealed ballot cannot be opened: it was damaged. Tell the chair.")


KEY_LOST = _(
    "This poll is annulled: the key of its sealed ballots is lost. The chair can ask again."
)


class KeyLost(Conflict):
    """A secret poll whose key is gone: its ballots can never be counted.

    What has annulled the poll by then is committed.
    """

    settles = True


def create_key(tx: Transaction, poll_id: int) -> None:
    """Give a new secret poll its salt and a key; if nothing is committed, the sweep ends it."""
    salt = secrets.token_bytes(32)
    tx.keys.create(_name(poll_id, salt))
    tx.session.add(SealSalt(poll_id=poll_id, salt=salt, has_own_key=True))


def find_seal(tx: Transaction, poll: Poll) -> PollSeal | None:
    """Return the seal of an open secret poll; None if its key is lost, or if it has none.

    A key that is missing without a lock on the poll may have been destroyed with its end.
    """
    row = tx.session.get(SealSalt, poll.id, populate_existing=True)
    if row is None:
        return None
    if not row.has_own_key:
        return PollSeal(poll.id, row.salt, tx.secret, tx.earlier_secrets)
    key = tx.keys.get(_name(poll.id, row.salt))
    return None if key is None else PollSeal(poll.id, row.salt, key)


def is_lost(tx: Transaction, poll: Poll) -> bool:
    """Return whether a poll is open and secret, and its key is gone."""
    if poll.state is not PollState.OPEN or not rules_of(poll.rules).secret:
        return False
    return find_seal(tx, poll) is None


def destroy_envelopes(tx: Transaction, poll_id: int) -> None:
    """Delete the envelopes and the salt of a poll, and its key once that is committed."""
    destroy_keys(tx, [poll_id])
    tx.session.execute(delete(Envelope).where(Envelope.poll_id == poll_id))
    tx.session.execute(delete(SealSalt).where(SealSalt.poll_id == poll_id))


def destroy_keys(tx: Transaction, poll_ids: list[int]) -> None:
    """Have the keys of polls destroyed once the transaction that ends them is committed."""
    for row in tx.session.scalars(select(SealSalt).where(SealSalt.poll_id.in_(poll_ids))):
        if row.has_own_key:
            tx.after_commit(partial(tx.keys.destroy, _name(row.poll_id, row.salt)))


def sweep_keys(session: Session, keys: KeyStore, *, now: datetime) -> list[str]:
    """Destroy the keys whose polls are over or were never opened, and return their names.

    Such keys are left by a process that died between a commit and what follows it, and by an
    opening that was rolled back. Keys younger than a few minutes are left alone: their opening
    may not be committed yet. session: one that has read nothing so far.
    """
    old = [name for name, made in keys.list().items() if made < now - _UNCOMMITTED_FOR]
    rows = session.execute(select(SealSalt.poll_id, SealSalt.salt)) if old else ()
    needed = {_name(poll_id, salt) for poll_id, salt in rows}
    over = [name for name in old if name not in needed]
    for name in over:
        keys.destroy(name)
    return over


def _name(poll_id: int, salt: bytes) -> str:
    """The name of a poll's key; part of the salt keeps it apart from that of a restored copy."""
    return f"{poll_id}-{salt[:8].hex()}"
