"""Writing entries at the ends of their streams, while holding the lock of all appends.

Every append waits for the one before it, so the statements are built once and sent past
the session: the unit of work would halve the number of appends in a second.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    Text,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from consultazione.core.events import Event, text_fields, to_data
from consultazione.core.log.chain import GENESIS, canonical, chain_digest, text_digest
from consultazione.core.log.entries import Entry, Recorded
from consultazione.core.log.models import EntryRow, Stream, TextRow
from consultazione.core.log.notify import notify_statement
from consultazione.core.log.texts import SALT_BYTES, SaltedText, draw_leaves, seal_text
from consultazione.core.text_keys import keys_of

_APPEND_LOCK = 0x434F4E53  # "CONS": the one advisory lock that every append takes
_LOCK = select(func.pg_advisory_xact_lock(_APPEND_LOCK))
_HEADS = select(Stream.name, Stream.number, Stream.digest).where(
    Stream.name == func.any(bindparam("names", type_=ARRAY(Text)))
)
_COLUMNS: dict[str, TypeEngine[Any]] = {
    "stream": Text(),
    "number": BigInteger(),
    "kind": Text(),
    "data": JSONB(),
    "actor_id": BigInteger(),
    "at": DateTime(timezone=True),
    "salt": LargeBinary(),
    "digest": LargeBinary(),
    "prev_digest": LargeBinary(),
}


def _add_entries() -> Any:
    """One statement for any number of rows, which come as one text: a JSON array of objects.

    A list of rows would give a statement of another length each time, and parsing those took
    a fifth of the time of a busy room; an array for each column had to be quoted value by value.
    """
    columns = [column(name, kind) for name, kind in _COLUMNS.items()]
    given = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    rows = given.table_valued(*columns, column("place", Integer)).render_derived(with_types=True)
    chosen = select(*(rows.c[name] for name in _COLUMNS)).order_by(rows.c.place)
    added = insert(EntryRow).from_select(list(_COLUMNS), chosen, include_defaults=False)
    return added.returning(EntryRow.position, EntryRow.stream, EntryRow.number)


_ADD_ENTRIES = _add_entries()
_HEAD = upsert(Stream)
_MOVE_HEADS = _HEAD.on_conflict_do_update(
    index_elements=[Stream.name],
    set_={"number": _HEAD.excluded.number, "digest": _HEAD.excluded.digest},
)
_NOTIFY = notify_statement()
# A text: the place of its event among those recorded, its field, its leaf, its words.
_Placed = tuple[int, str, int, SaltedText]


def hold_appends(session: Session) -> None:
    """Let nobody else append to the log until the transaction ends.

    For the rare act that must see all of the log; whoever would append waits for its end.
    """
    session.connection().execute(_LOCK)


def append(session: Session, recorded: Sequence[Recorded]) -> list[Entry]:
    """Write events at the ends of their streams; call it last, right before COMMIT.

    recorded: in the order in which it happened. Takes the advisory lock of all appends, which
    PostgreSQL keeps until the transaction ends. Returns the entries with their numbers and
    positions; does nothing at all if nothing was recorded.
    """
    if not recorded:
        return []
    split = [_split(item.event) for item in recorded]
    texts = _with_leaves(session, recorded, [free for _data, free in split])
    connection = session.connection()
    connection.execute(_LOCK)
    heads = _heads(connection, {item.stream for item in recorded})
    rows = [_next_row(heads, item, data) for item, (data, _) in zip(recorded, split, strict=True)]
    positions = _add(connection, rows)
    _store_texts(session, positions, texts)
    connection.execute(
        _MOVE_HEADS,
        [{"name": name, "number": n, "digest": d} for name, (n, d) in sorted(heads.items())],
    )
    connection.execute(_NOTIFY, {"position": str(positions[-1])})
    return [
        Entry(position, item.stream, row["number"], row["kind"], item.event, item.actor_id, item.at)
        for position, row, item in zip(positions, rows, recorded, strict=True)
    ]


def _heads(connection: Connection, names: set[str]) -> dict[str, tuple[int, bytes]]:
    """The last number and digest of each stream; 0 and GENESIS for a new one."""
    heads = connection.execute(_HEADS, {"names": list(names)})
    known = {name: (number, digest) for name, number, digest in heads}
    return {name: known.get(name, (0, GENESIS)) for name in names}


def _split(happened: Event) -> tuple[dict[str, Any], dict[str, SaltedText]]:
    """An event's data with digests for its free texts, and those texts by their fields."""
    data = to_data(happened)
    free: dict[str, SaltedText] = {}
    for name in text_fields(type(happened)):
        if data[name] is not None:
            free[name] = SaltedText(secrets.token_bytes(SALT_BYTES), data[name])
            data[name] = {"digest": text_digest(free[name].salt, data[name])}
    return data, free


def _with_leaves(
    session: Session, recorded: Sequence[Recorded], texts: Sequence[Mapping[str, SaltedText]]
) -> list[_Placed]:
    """Each text with its place among what was recorded, its field and its leaf."""
    found = [
        (index, field, recorded[index].leaves.get(field), text)
        for index, free in enumerate(texts)
        for field, text in free.items()
    ]
    missing = sum(leaf is None for _, _, leaf, _ in found)
    drawn = iter(draw_leaves(session, missing) if missing else [])
    return [
        (index, field, next(drawn) if leaf is None else leaf, text)
        for index, field, leaf, text in found
    ]


def _next_row(
    heads: dict[str, tuple[int, bytes]], item: Recorded, data: dict[str, Any]
) -> dict[str, Any]:
    """The row that follows its stream's head; the head moves on to it."""
    number, prev_digest = heads[item.stream][0] + 1, heads[item.stream][1]
    fields: dict[str, Any] = {
        "stream": item.stream,
        "number": number,
        "kind": item.event.kind,
        "data": data,
        "actor_id": item.actor_id,
        "at": item.at,
        "salt": secrets.token_bytes(SALT_BYTES),
    }
    digest = chain_digest(prev_digest, canonical(**fields))
    heads[item.stream] = (number, digest)
    return {**fields, "digest": digest, "prev_digest": prev_digest}


def _add(connection: Connection, rows: list[dict[str, Any]]) -> list[int]:
    """Store rows of entries; their positions, in the order given."""
    sent = [{**row, "place": place} for place, row in enumerate(rows)]
    added = connection.execute(_ADD_ENTRIES, {"rows": json.dumps(sent, default=_as_text)})
    places = {(stream, number): position for position, stream, number in added}
    return [places[row["stream"], row["number"]] for row in rows]


def _as_text(value: datetime | bytes) -> str:
    """A value for which JSON has no form, as PostgreSQL reads it."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value.isoformat()


def _store_texts(session: Session, positions: Sequence[int], texts: Sequence[_Placed]) -> None:
    if not texts:
        return
    tree = keys_of(session).tree(session)
    rows = [
        {
            "position": positions[index],
            "field": field,
            "leaf": leaf,
            "sealed": seal_text(tree, position=positions[index], field=field, leaf=leaf, text=text),
        }
        for index, field, leaf, text in texts
    ]
    session.connection().execute(insert(TextRow), rows)
