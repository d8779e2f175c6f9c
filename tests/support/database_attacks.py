"""Three hundred of a thousand random changes: in a database, behind the log's back.

Rows of the state are falsified, taken away and added; entries, texts and streams of the log too.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select, text, update

from consultazione.core.audit.fold import Rows
from tests.support.falsifying import is_row, other_value

# What somebody does to the log, and what `verify` must name.
Attack = Callable[[Connection, random.Random], str]
# What somebody does to a table of the state, and what must be named; nothing if it cannot be done.
RowAttack = Callable[[Connection, Rows, random.Random], str]


def _an_entry(connection: Connection, chance: random.Random) -> tuple[int, str, int]:
    query = text("SELECT position, stream, number FROM log_entry ORDER BY position")
    position, stream, number = chance.choice(connection.execute(query).all())
    return position, stream, number


def _changed(connection: Connection, chance: random.Random) -> str:
    position, stream, number = _an_entry(connection, chance)
    change = chance.choice(
        [
            "kind = kind || 'x'",
            "data = data || '{\"falsified\": 1}'",
            "actor_id = coalesce(actor_id, 0) + 1",
            "at = at + interval '1 us'",
            "salt = sha256(salt)",
            "digest = sha256(digest)",
            "prev_digest = sha256(prev_digest)",
            # As an entry that an archive withholds.
            "data = 'null', salt = ''",
        ]
    )
    connection.execute(text(f"UPDATE log_entry SET {change} WHERE position = {position}"))
    return f"{stream} #{number}"


def _removed(connection: Connection, chance: random.Random) -> str:
    position, stream, _number = _an_entry(connection, chance)
    connection.execute(text(f"DELETE FROM log_entry WHERE position = {position}"))
    return f"{stream} #"


def _reordered(connection: Connection, chance: random.Random) -> str:
    one, stream, number = _an_entry(connection, chance)
    others = connection.execute(
        text("SELECT position, number FROM log_entry WHERE stream = :stream AND position <> :one"),
        {"stream": stream, "one": one},
    ).all()
    other, its = chance.choice(others) if others else (one, number + 7)
    for position, now in ((one, its), (other, number)):
        connection.execute(text(f"UPDATE log_entry SET number = {now} WHERE position = {position}"))
        if other == one:
            break
    return f"{stream} #"


def _a_text(connection: Connection, chance: random.Random) -> str:
    query = text("SELECT position, field FROM log_text ORDER BY 1, 2")
    position, name = chance.choice(connection.execute(query).all())
    change = chance.choice(
        ["DELETE FROM log_text", "UPDATE log_text SET sealed = sealed || '\\x07'"]
    )
    connection.execute(text(f"{change} WHERE position = {position} AND field = '{name}'"))
    stream = connection.scalar(text(f"SELECT stream FROM log_entry WHERE position = {position}"))
    return f"{stream} #"


def _a_stream(connection: Connection, chance: random.Random) -> str:
    _position, stream, _number = _an_entry(connection, chance)
    for table, column in (("log_entry", "stream"), ("log_stream", "name")):
        connection.execute(
            text(f"DELETE FROM {table} WHERE {column} = :stream"), {"stream": stream}
        )
    return "log #"  # nobody but the tree knows that it was there


# Each attack on the log, and how many times.
ATTACKS: dict[Attack, int] = {
    _changed: 30, _removed: 15, _reordered: 15, _a_text: 15, _a_stream: 5,
}  # fmt: skip


def _a_column(connection: Connection, rows: Rows, chance: random.Random) -> str:
    """A column that the log speaks of says something else; nothing if the row has none."""
    audit = rows.audit
    key = chance.choice(list(rows.rows))
    names = [name for name in rows.rows[key].values if name in audit.columns]
    names = [name for name in names if name not in audit.key]
    if not names:
        return ""
    column = audit.table.c[chance.choice(names)]
    where = is_row(audit, key)
    was = connection.scalar(select(column).where(*where))
    changed = update(audit.table).where(*where).values({column.name: other_value(column, was)})
    assert connection.execute(changed).rowcount
    return f"{audit.table.name} {_told(rows, key)} {column.name}:"


def _a_removed_row(connection: Connection, rows: Rows, chance: random.Random) -> str:
    if not rows.audit.begun:
        return ""
    key = chance.choice(list(rows.rows))
    connection.execute(delete(rows.audit.table).where(*is_row(rows.audit, key)))
    return f"{rows.audit.table.name} {_told(rows, key)} is missing"


def _an_added_row(connection: Connection, rows: Rows, chance: random.Random) -> str:
    audit, table = rows.audit, rows.audit.table
    if not audit.begun:
        return ""
    where = is_row(audit, chance.choice(list(rows.rows)))
    whole = connection.execute(select(table).where(*where)).one()._mapping
    values = {c.name: whole[c] for c in table.columns if c.computed is None}
    for name in {*audit.key, *(c.name for c in table.primary_key)}:
        values[name] = other_value(table.c[name], values[name])
    connection.execute(insert(table).values(values))
    return f"{table.name} "


def _told(rows: Rows, key: tuple[object, ...]) -> str:
    return " ".join(f"{name}={value}" for name, value in zip(rows.audit.key, key, strict=True))


# By what is done to a row, each with its share of the trials.
ROW_ATTACKS: dict[str, RowAttack] = {
    "column": _a_column,
    "removed": _a_removed_row,
    "added": _an_added_row,
}
SHARES = (8, 1, 1)
