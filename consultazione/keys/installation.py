"""The one row that an installation keeps about itself: the fingerprint of its key.

With another key than that of yesterday, sign-ins, codes and open polls would break without a
word; with the fingerprint in the database a process can refuse to start.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from sqlalchemy import CheckConstraint, SmallInteger
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from consultazione.core.columns import Base, Line
from consultazione.core.db import Transaction

_LABEL = b"consultazione installation, fingerprint of the server's key"
_ONLY = 1


class Installation(Base):
    """What is known of this installation; a single row, written at its first start."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    key_fingerprint: Mapped[Line]


def recognise_key(tx: Transaction, secret: str, earlier: Sequence[str]) -> bool:
    """Return whether this installation knows the server's key, and note it if so.

    The first key is always known. After a rotation, a key is known by the earlier one.
    """
    own = fingerprint(secret)
    first = insert(Installation).values(id=_ONLY, key_fingerprint=own)
    tx.session.execute(first.on_conflict_do_nothing())
    row = tx.session.get_one(Installation, _ONLY, with_for_update=True, populate_existing=True)
    if row.key_fingerprint not in {own, *map(fingerprint, earlier)}:
        return False
    row.key_fingerprint = own
    return True


def fingerprint(secret: str) -> str:
    """Return 16 hexadecimal digits that tell a key apart from others and nothing about it."""
    return hmac.digest(secret.encode(), _LABEL, "sha256").hex()[:16]
