"""Receipts of secret polls: one's own while the poll is open, all digests afterwards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.sittings.polls.envelopes import BrokenSeal, receipt_digest
from consultazione.sittings.polls.models import Envelope, Poll, Receipt
from consultazione.sittings.polls.sealing import BROKEN, KEY_LOST, KeyLost, find_seal


def own_receipt(tx: Transaction, *, poll_id: int, person_id: int | None) -> str:
    """Return a voter's receipt; NotFound without a sealed ballot, or once the poll is closed.

    Conflict if the poll's key is lost, or the ballot damaged; nothing is annulled by asking.
    """
    envelope = tx.session.get(Envelope, (poll_id, person_id or 0))
    if envelope is None:
        raise NotFound(_("There is no sealed ballot of yours in this poll."))
    seal = find_seal(tx, tx.session.get_one(Poll, poll_id))
    if seal is None:
        raise KeyLost(KEY_LOST)
    try:
        return seal.unseal(envelope.person_id, envelope.sealed).receipt
    except BrokenSeal:
        raise Conflict(BROKEN) from None


# How many receipts a page lists.
PAGE = 500


def receipts_of(session: Session, poll_id: int, *, after: str = "", limit: int = PAGE) -> list[str]:
    """Return SHA-256 digests of a closed secret poll's receipts, in hexadecimal and sorted.

    after: a digest; those beyond it follow, at most `limit` of them. NotFound if there is no
    such poll.
    """
    if session.get(Poll, poll_id) is None:
        raise NotFound(_("There is no such poll."))
    query = select(Receipt.digest).filter_by(poll_id=poll_id).where(Receipt.digest > _bytes(after))
    return [digest.hex() for digest in session.scalars(query.order_by(Receipt.digest).limit(limit))]


def count_receipts(session: Session, poll_id: int) -> int:
    """Return how many receipts a poll has: none while it is open."""
    return session.scalar(select(func.count()).where(Receipt.poll_id == poll_id)) or 0


def _bytes(digest: str) -> bytes:
    """A digest as bytes; what is none comes before all others."""
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""


def is_counted(session: Session, poll_id: int, receipt: str) -> bool:
    """Return whether the ballot of a receipt was in the box; ignores case and blanks."""
    digest = receipt_digest("".join(receipt.split()).lower())
    return session.get(Receipt, (poll_id, digest)) is not None
