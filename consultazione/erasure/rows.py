"""A step of an order: marks take the place of words in rows, versions and sealed documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, String, Table, and_, cast, delete, select, text
from sqlalchemy import Text as SqlText

from consultazione.core.canonical import sha256_of
from consultazione.core.columns import Base
from consultazione.core.db import Transaction
from consultazione.core.idempotency import DoneAct
from consultazione.core.revisions import Revision
from consultazione.documents.models import Registration
from consultazione.documents.replacing.redaction import redact_document
from consultazione.documents.signatures.models import Signature
from consultazione.erasure.columns import is_json
from consultazione.erasure.finding import Place, holds_some
from consultazione.erasure.models import ErasureOrder
from consultazione.erasure.passages import Passage, without, without_in
from consultazione.minutes.editions import issue_minutes_edition
from consultazione.minutes.events import MinutesFactsRedacted, minutes_stream
from consultazione.minutes.models import Minutes
from consultazione.outcomes.editions import issue_outcome_edition
from consultazione.outcomes.models import Outcome

_Row = TypeVar("_Row", Minutes, Outcome, Registration, Signature)
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
        erase = _SPECIAL.get((place.table, place.column))
        if erase is not None:
            erase(tx, order, place, passages)
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


def _under_a_digest(model: type[_Row], issue: Callable[..., object]) -> Callable[..., None]:
    """Erases from a document under a digest: `issue` is given what replaces it, and the order."""

    def erase(
        tx: Transaction, order: ErasureOrder, place: Place, passages: Sequence[Passage]
    ) -> None:
        row = _row_at(tx, model, place)
        erased = without_in(getattr(row, place.column), passages)
        issue(tx, row, erased, order=order.number, order_id=order.id)
        tx.flush()

    return erase


def _redact_facts(
    tx: Transaction, order: ErasureOrder, place: Place, passages: Sequence[Passage]
) -> None:
    """Computed facts stand in the log by their digest, so the next one is recorded."""
    minutes = _row_at(tx, Minutes, place)
    minutes.facts = without_in(minutes.facts, passages)
    redacted = MinutesFactsRedacted(
        minutes_id=minutes.id,
        sitting_id=minutes.sitting_id,
        facts_sha256=sha256_of(minutes.facts),
        order_id=order.id,
    )
    tx.record(minutes_stream(minutes.sitting_id), redacted)
    tx.flush()


def _erase_signer(
    tx: Transaction, _order: ErasureOrder, place: Place, passages: Sequence[Passage]
) -> None:
    """A signed file bears in its certificate the name that its report has."""
    signature = _row_at(tx, Signature, place)
    signature.report, signature.file = without_in(signature.report, passages), None
    tx.flush()


def _row_at(tx: Transaction, model: type[_Row], place: Place) -> _Row:
    return tx.session.get_one(model, int(place.row[0]), populate_existing=True)


# What is under a digest that others rely on, or has something beside it that goes along.
_SPECIAL: Mapping[tuple[str, str], Callable[..., None]] = {
    ("minutes", "document"): _under_a_digest(Minutes, issue_minutes_edition),
    ("minutes", "facts"): _redact_facts,
    ("outcome", "document"): _under_a_digest(Outcome, issue_outcome_edition),
    ("registered_document", "content"): _under_a_digest(Registration, redact_document),
    ("document_signature", "report"): _erase_signer,
}
