"""Receipts of secret polls: one's own while the poll is open, all digests afterwards."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.sittings.polls.envelopes import BrokenSeal, receipt_digest
from consultazione.sittings.polls.models import Envelope, Poll, Receipt
from consultazione.sittings.polls.sealing import BROKEN, KeyLost, find_seal


def own_receipt(tx: Transaction, *, poll_id: int, person_id: int | None) -> str:
    """Return a voter's receipt; NotFound without a sealed ballot, or once the poll is closed.

    Conflict if the poll's key is lost, or the ballot damaged; nothing is annulled by asking.
    """
    envelope = tx.session.get(Envelope, (poll_id, person_id or 0))
    if envelope is None:
        raise NotFound(_("There is no sealed ballot of yours in this poll."))
    seal = find_seal(tx, tx.session.get_one(Poll, poll_id))
    if seal is None:
        raise KeyLost
    try:
        return seal.unseal(envelope.person_id, envelope.sealed).receipt
    except BrokenSeal:
        raise Conflict(BROKEN) from None


def receipts_of(session: Session, poll_id: int) -> list[str]:
    """Return the SHA-256 digests of a closed secret poll's receipts, in hexadecimal and sorted.

    NotFound if there is no such poll.
    """
    if session.get(Poll, poll_id) is None:
        raise NotFound(_("There is no such poll."))
    query = select(Receipt.digest).filter_by(poll_id=poll_id).order_by(Receipt.digest)
    return [digest.hex() for digest in session.scalars(query)]


def is_counted(session: Session, poll_id: int, receipt: str) -> bool:
    """Return whether the ballot of a receipt was in the box; ignores case and blanks."""
    digest = receipt_digest("".join(receipt.split()).lower())
    return session.get(Receipt, (poll_id, digest)) is not None
