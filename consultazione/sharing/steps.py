"""Steps that several commands share: checking and appending shared items."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from consultazione.core.db import Transaction
from consultazione.core.errors import Conflict, Invalid
from consultazione.core.events import FreeText
from consultazione.sharing.apportionment import cents_of
from consultazione.sharing.events import SharedItemAdded, sharing_stream
from consultazione.sharing.models import SharedItem, SharingCriterion
from consultazione.zones.models import Cycle

# How many can be weighed against one another on one screen, and recomputed while they are.
MOST_ITEMS = 50


def append_item(
    tx: Transaction,
    cycle: Cycle,
    *,
    year: int,
    title: str,
    amount: Decimal,
    criterion_id: int,
    budget_item_id: int | None = None,
    demo: bool = False,
) -> SharedItem:
    """Add an item to a year of a cycle that the caller has locked, and record that.

    Conflict if the year has MOST_ITEMS; Invalid on `year`, `title`, `amount`, `criterion_id`.
    """
    cents = checked_cents(tx, cycle, title, amount, criterion_id)
    _require_room(tx, cycle, year)
    item = SharedItem(
        cycle_id=cycle.id,
        zone_id=cycle.zone_id,
        year=year,
        title=title,
        amount=amount,
        criterion_id=criterion_id,
        budget_item_id=budget_item_id,
        written_at=tx.now,
        demo=demo,
    )
    tx.session.add(item)
    tx.flush()
    tx.record(
        sharing_stream(cycle.id),
        SharedItemAdded(
            item_id=item.id,
            year=year,
            cents=cents,
            criterion_id=criterion_id,
            title=FreeText(title),
            budget_item_id=budget_item_id,
        ),
    )
    return item


def checked_cents(
    tx: Transaction, cycle: Cycle, title: str, amount: Decimal, criterion_id: int
) -> int:
    """The amount in cents; Invalid on `title`, `amount` or `criterion_id` if one is wrong."""
    if not title.strip():
        raise Invalid.at("title", _("Write what the money is for."))
    criterion = tx.session.get(SharingCriterion, criterion_id)
    if criterion is None or criterion.cycle_id != cycle.id:
        raise Invalid.at("criterion_id", _("Choose a criterion of this cycle."))
    return cents_of(amount)


def _require_room(tx: Transaction, cycle: Cycle, year: int) -> None:
    if not cycle.first_year <= year <= cycle.last_year:
        raise Invalid.at("year", _("Choose a year of the cycle %(years)s.", years=cycle.years))
    query = select(func.count()).select_from(SharedItem).filter_by(cycle_id=cycle.id, year=year)
    if (tx.session.scalar(query) or 0) >= MOST_ITEMS:
        sentence = _("This year has %(most)s items already: take one away first.", most=MOST_ITEMS)
        raise Conflict(sentence)
