"""Putting right a table that is set up: what it is called and is for, its place, whether it works.

Each command works in the caller's transaction and raises NotAllowed unless the actor holds the
permission of the same name. All raise NotFound if there is no such table.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, NotFound
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.core.revisions import correct, revise
from consultazione.setup.events import (
    TableChanged,
    TableClosed,
    TableReopened,
    TablesReordered,
)
from consultazione.tables.events import KIND_DETAILS, table_stream
from consultazione.tables.models import TableKind, ThematicTable
from consultazione.tables.queries import tables
from consultazione.zones.events import zone_stream
from consultazione.zones.locking import locked_cycle


def change_table(
    tx: Transaction,
    *,
    table_id: int,
    version: int,
    reason: str,
    name: str,
    kind: TableKind,
    remit: str,
    coordinator: str = "",
) -> ThematicTable:
    """Change what a table is called and what it is for; its address stays.

    version: the one that was read. Locks the table FOR NO KEY UPDATE. Conflict if somebody has
    changed it since; Invalid if nothing differs.
    """
    table = _locked(tx, table_id, Permission.CHANGE_TABLE)
    was = FreeText(table.name)
    after = {"name": name, "kind": kind, "remit": remit, "coordinator": coordinator or None}
    replaced = correct(tx, table, version=version, reason=reason, after=after)
    changed = TableChanged(
        table_id=table.id,
        was=was,
        now=FreeText(name),
        version=replaced.version,
        remit=FreeText(remit),
        reason=FreeText(reason),
        details=KIND_DETAILS.of(table),
    )
    tx.record(table_stream(table.id), changed)
    return table


def move_table(tx: Transaction, *, table_id: int, up: bool) -> ThematicTable:
    """Let a table change places with the one before it (up) or after it; at the end nothing.

    Locks the cycle FOR UPDATE.
    """
    table = tx.session.get(ThematicTable, table_id)
    if table is None:
        raise _no_table()
    require(tx.actor, Permission.MOVE_TABLE, zone_id=table.zone_id)
    locked_cycle(tx, table.cycle_id)
    tx.session.expire_all()
    rows = tables(tx.session, table.cycle_id)
    at = rows.index(table)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for rank, row in enumerate(rows, start=1):
            row.rank = rank
        reordered = TablesReordered(cycle_id=table.cycle_id, table_ids=[row.id for row in rows])
        tx.record(zone_stream(table.zone_id), reordered)
    return table


def close_table(tx: Transaction, *, table_id: int, reason: str) -> ThematicTable:
    """Close a table, for a reason that everybody can read: all stays readable, nothing new begins.

    What is under way goes on to its end. Locks the table FOR NO KEY UPDATE, so that a proposal or a
    sitting comes either before or not at all. Conflict if it is closed already.
    """
    table = _locked(tx, table_id, Permission.CLOSE_TABLE)
    if table.closed_at is not None:
        raise Conflict(_("This table is closed already."))
    revise(tx, table, reason=reason, after={"closed_at": tx.now, "closed_reason": reason})
    tx.record(table_stream(table.id), TableClosed(table_id=table.id, reason=FreeText(reason)))
    return table


def reopen_table(tx: Transaction, *, table_id: int, reason: str) -> ThematicTable:
    """Open a closed table again, for a reason that everybody can read.

    Locks the table FOR NO KEY UPDATE. Conflict if it is not closed.
    """
    table = _locked(tx, table_id, Permission.REOPEN_TABLE)
    if table.closed_at is None:
        raise Conflict(_("This table is not closed."))
    revise(tx, table, reason=reason, after={"closed_at": None, "closed_reason": None})
    tx.record(table_stream(table.id), TableReopened(table_id=table.id, reason=FreeText(reason)))
    return table


def _locked(tx: Transaction, table_id: int, permission: Permission) -> ThematicTable:
    table = tx.session.get(
        ThematicTable, table_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if table is None:
        raise _no_table()
    require(tx.actor, permission, zone_id=table.zone_id)
    return table


def _no_table() -> NotFound:
    return NotFound(_("There is no such table."))
