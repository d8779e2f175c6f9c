"""Changing a table that is set up: its name, kind, remit and coordinator."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.setup.events import TableChanged
from consultazione.tables.events import table_stream
from consultazione.tables.models import TableKind, ThematicTable


def change_table(
    tx: Transaction, *, table_id: int, name: str, kind: TableKind, remit: str, coordinator: str = ""
) -> ThematicTable:
    """Change what a table is called and what it is for; its address stays.

    Locks the table FOR UPDATE. NotFound if there is no such table.
    """
    table = tx.session.get(ThematicTable, table_id, with_for_update=True)
    if table is None:
        raise NotFound(_("There is no such table."))
    require(tx.actor, Permission.CHANGE_TABLE, zone_id=table.zone_id)
    now = (name, kind, remit, coordinator or None)
    if now != (table.name, table.kind, table.remit, table.coordinator):
        was = FreeText(table.name)
        table.name, table.kind, table.remit, table.coordinator = now
        changed = TableChanged(table_id=table.id, was=was, now=FreeText(name))
        tx.record(table_stream(table.id), changed)
    return table
