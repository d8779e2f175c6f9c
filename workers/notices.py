"""Jobs of notices: telling those whom an entry concerns."""

from __future__ import annotations

from consultazione.core.db import Transaction
from consultazione.core.log import Entry
from consultazione.notices.commands.telling import tell_followers


def tell(tx: Transaction, entry: Entry) -> None:
    """Something happened: tell who follows it."""
    tell_followers(tx, entry=entry)
