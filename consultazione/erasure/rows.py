"""A step of an order: marks take the place of words in rows, versions and sealed documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, and_, cast, delete, select, text
from sqlalchemy import Text as SqlText

from consultazione.core.columns import Base
from consultazione.core.db import Transaction
from consultazione.core.idempotency import DoneAct
from consultazione.core.revisions import Revision
from consultazione.erasure.columns import is_json
from consultazione.erasure.finding import Place, holds_some
from consultazione.erasure.models import ErasureOrder
from consultazione.erasure.passages import Passage, without, without_in
from consultazione.minutes.editions import issue_minutes_edition
from consultazione.minutes.models import Minutes
from consultazione.outcomes.editions import issue_outcome_edition
from consultazione.outcomes.models import Outcome

_FROM_REVISION = text(
    "SELECT erase_from_revision(:id, CAST(:was AS jsonb), CAST(:now AS jsonb), :reason)"
)


def erase_rows(
    tx: Transaction, order: ErasureOrder, places: Sequence[Place], passages: Sequence[Passage]
) -> None:
    """Put marks in place of the passages at these places of the tables.

    A sealed document becomes a new edition. Answers that were kept for repeated requests are
    dropped wherever they hold the words.
    """
    for place in places:
        if place.is_sealed:
            _issue(tx, order, place, passages)
        elif place.table == "revision":
            _erase_version(tx, int(place.row[0]), passages)
        else:
            _erase_value(tx, place, passages)
    tx.session.execute(delete(DoneAct).where(holds_some(DoneAct.answer, passages)))
    tx.session.flush()
    tx.session.expire_all()


def _erase_value(tx: Transaction, place: Place, passages: Sequence[Passage]) -> None:
    table = Base.metadata.tables[place.table]
    column = table.c[place.column]
    here = _is_row(table, place.row)
    value = tx.session.execute(select(column).where(here)).scalar_one()
    erased = without_in(value, passages) if is_json(column) else without(value, passages)
    tx.session.execute(table.update().where(here).values({column: _fitting(column, erased)}))


def _is_row(table: Table, row: Sequence[str]) -> ColumnElement[bool]:
    keys = table.primary_key.columns
    return and_(*(cast(key, SqlText) == value for key, value in zip(keys, row, strict=True)))


def _fitting(column: Column[str], value: Any) -> Any:
    """The value, cut where a mark has made it longer than its column."""
    most = column.type.length if isinstance(column.type, String) else None
    return value[:most] if most and isinstance(value, str) else value


def _erase_version(tx: Transaction, revision_id: int, passages: Sequence[Passage]) -> None:
    """What a row said before, which a function of the database alone changes."""
    kept = tx.session.get_one(Revision, revision_id)
    fields = {
        "id": revision_id,
        "was": json.dumps(without_in(kept.was, passages)),
        "now": json.dumps(without_in(kept.now, passages)),
        "reason": None if kept.reason is None else without(kept.reason, passages),
    }
    tx.session.execute(_FROM_REVISION, fields)
    tx.session.expire(kept)


def _issue(tx: Transaction, order: ErasureOrder, place: Place, passages: Sequence[Passage]) -> None:
    """A sealed document without the passages."""
    which = {"order": order.number, "order_id": order.id}
    if place.table == Minutes.__tablename__:
        minutes = tx.session.get_one(Minutes, int(place.row[0]), populate_existing=True)
        issue_minutes_edition(tx, minutes, without_in(minutes.document, passages), **which)
    else:
        outcome = tx.session.get_one(Outcome, int(place.row[0]), populate_existing=True)
        issue_outcome_edition(tx, outcome, without_in(outcome.document, passages), **which)
    tx.flush()
