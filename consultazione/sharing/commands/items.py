"""What the municipalities of a zone pay for together in a year."""

from __future__ import annotations

from decimal import Decimal

from consultazione.core.db import Transaction
from consultazione.core.events import FreeText
from consultazione.core.permissions import Permission, require
from consultazione.sharing.events import SharedItemChanged, SharedItemRemoved, sharing_stream
from consultazione.sharing.models import SharedItem
from consultazione.sharing.queries import get_item
from consultazione.sharing.steps import append_item, checked_cents
from consultazione.zones.locking import locked_cycle


def add_shared_item(
    tx: Transaction,
    *,
    cycle_id: int,
    year: int,
    title: str,
    amount: Decimal,
    criterion_id: int,
    demo: bool = False,
) -> SharedItem:
    """Add an item to a year of a cycle, and return it.

    NotFound if there is no such cycle; Conflict if the year is full; Invalid on `year`, `title`,
    `amount` or `criterion_id`.
    """
    cycle = locked_cycle(tx, cycle_id)
    require(tx.actor, Permission.ADD_SHARED_ITEM, zone_id=cycle.zone_id)
    return append_item(
        tx,
        cycle,
        year=year,
        title=title,
        amount=amount,
        criterion_id=criterion_id,
        demo=demo,
    )


def change_shared_item(
    tx: Transaction, *, item_id: int, title: str, amount: Decimal, criterion_id: int
) -> SharedItem:
    """Give an item another title, amount or criterion; idempotent.

    NotFound if there is none; Invalid on `title`, `amount` or `criterion_id`.
    """
    item = get_item(tx.session, item_id)
    cycle = locked_cycle(tx, item.cycle_id)
    require(tx.actor, Permission.CHANGE_SHARED_ITEM, zone_id=item.zone_id)
    tx.session.refresh(item)
    cents = checked_cents(tx, cycle, title, amount, criterion_id)
    if (item.title, item.amount, item.criterion_id) == (title, amount, criterion_id):
        return item
    item.title, item.amount, item.criterion_id = title, amount, criterion_id
    tx.record(
        sharing_stream(item.cycle_id),
        SharedItemChanged(
            item_id=item.id, cents=cents, criterion_id=criterion_id, title=FreeText(title)
        ),
    )
    return item


def remove_shared_item(tx: Transaction, *, item_id: int) -> None:
    """Take an item away from its year; stored what-ifs keep it. NotFound if there is none."""
    item = get_item(tx.session, item_id)
    locked_cycle(tx, item.cycle_id)
    require(tx.actor, Permission.REMOVE_SHARED_ITEM, zone_id=item.zone_id)
    tx.session.refresh(item)
    tx.session.delete(item)
    tx.record(sharing_stream(item.cycle_id), SharedItemRemoved(item_id=item.id))
