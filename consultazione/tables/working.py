"""Tables at which something new can begin, and those that are closed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.tables.models import ThematicTable


def table_in_hand(tx: Transaction, table_id: int) -> ThematicTable:
    """A table as it stays until the end of the transaction, locked FOR SHARE; NotFound without."""
    table = tx.session.get(
        ThematicTable, table_id, with_for_update={"read": True}, populate_existing=True
    )
    if table is None:
        raise NotFound(_("There is no such table."))
    return table


def require_working(table: ThematicTable) -> None:
    """Conflict if a table that is in hand is closed."""
    if table.closed_at is not None:
        raise Conflict(
            _("This table is closed: all of it can be read, and nothing new begins at it.")
        )
