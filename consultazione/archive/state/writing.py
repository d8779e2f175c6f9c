"""Writing the rows of a cycle into an archive: a file of JSON lines for each table.

What stands there refers to nothing that is not there: a row that needs one that is withheld is
left out, and a column that may be empty is emptied.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from hashlib import sha256
from itertools import chain, islice
from typing import Any, BinaryIO

from sqlalchemy import DateTime, Table, func, select, text, union
from sqlalchemy.orm import Session

from consultazione.archive.bag import Bag
from consultazione.archive.reading import Source
from consultazione.archive.state.kept import KEPT, MANDATE, NO_MOMENT, PERSON
from consultazione.archive.state.names import ShownNames
from consultazione.archive.state.rows import (
    MASKED,
    columns_of,
    is_bytes,
    kept_tables,
    of_ids,
    only_key,
    owner_of,
    references,
    rows_of,
)
from consultazione.core.canonical import canonical_json
from consultazione.core.columns import among
from consultazione.core.log import TextRow
from consultazione.people.models import Mandate, Person

FOLDER, LIST = "data/stato", "data/stato.json"
_AT_ONCE = 1_000
# What stands in the row of a person whose name no page shows.
_NAMELESS = "—"
Row = MutableMapping[str, Any]


def names_of(session: Session) -> ShownNames:
    """What looks through pages for the names of everybody, and for the acts behind mandates."""
    names = union(select(Person.display_name), select(Mandate.act))
    return ShownNames(session.scalars(names))


def write_state(bag: Bag, source: Source, *, files: Mapping[str, str], names: ShownNames) -> None:
    """Write the rows of all tables that are kept, and the list of them.

    files: the documents of the archive, by SHA-256. names: those that its pages show.
    """
    writer = _Writer(bag, source, files)
    tables = {table.name: table for table in kept_tables()}
    for table in tables.values():
        if table.name not in {PERSON, MANDATE}:
            rows = source.session.scalars(rows_of(table, source).execution_options(yield_per=500))
            writer.write(table, rows)
    mandates = source.session.scalars(of_ids(tables[MANDATE], writer.asked[MANDATE]))
    writer.write(tables[MANDATE], (_with_act(row, names) for row in mandates))
    asked = sorted(writer.asked[PERSON])
    people = source.session.scalars(of_ids(tables[PERSON], [one for one in asked if one > 0]))
    masks = (
        {"id": one, "display_name": "", "name_mark": 1, "demo": False} for one in asked if one < 0
    )
    writer.write(tables[PERSON], (_known(row, names) for row in chain(masks, people)))
    said = {"schema": _schema(source.session), "tabelle": dict(sorted(writer.written.items()))}
    bag.write(LIST, (json.dumps(said, indent=1) + "\n").encode())


class _Writer:
    """What was written so far. asked: ids of persons and mandates that rows have named."""

    def __init__(self, bag: Bag, source: Source, files: Mapping[str, str]) -> None:
        self._bag, self._source, self._files = bag, source, files
        self._ids: dict[str, set[int]] = {}
        self.asked: dict[str, set[int]] = {PERSON: set(), MANDATE: set()}
        self.written: dict[str, dict[str, int]] = {}

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """Write the file of a table, if it has rows."""
        kept, count = self._kept(table, rows), 0
        self._ids[table.name] = set()
        first = list(islice(kept, _AT_ONCE))
        if first:
            with self._bag.opened(f"{FOLDER}/{table.name}.jsonl") as file:
                for some in chain([first], iter(lambda: list(islice(kept, _AT_ONCE)), [])):
                    self._write(table, some, file)
                    count += len(some)
        self.written[table.name] = {"righe": count, "ultimo": self._last(table)}

    def _write(self, table: Table, rows: list[Row], file: BinaryIO) -> None:
        self._say_leaves(rows)
        key = only_key(table)
        for row in rows:
            file.write(canonical_json(row) + b"\n")
            if key:
                self._ids[table.name].add(row[key])

    def _kept(self, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        withheld = KEPT[table.name].withheld
        referring = list(references(table))
        binary = [column for column in columns_of(table) if is_bytes(column)]
        moments = {
            column.name: None if column.nullable else NO_MOMENT
            for column in columns_of(table)
            if isinstance(column.type, DateTime)
        }
        masks: Counter[int] = Counter()
        for row in rows:
            row.update({name: withheld[name] for name in withheld if row[name] is not None})
            if row.pop(MASKED, False):
                _mask(row, masks, of=owner_of(table), moments=moments)
            if all(self._leads(row, table, column, other) for column, other in referring):
                for column, other in referring:
                    if other is not None and other.name in self.asked and row[column.name]:
                        self.asked[other.name].add(row[column.name])
                for column in binary:
                    row[column.name] = self._said(row[column.name], needed=not column.nullable)
                yield row

    def _leads(self, row: Row, table: Table, column: Any, other: Table | None) -> bool:
        """False if a row needs one that is not there; empties what may be empty."""
        value = row[column.name]
        known = None if other is None else self._ids.get(other.name)
        if value is None or other is table or (other is not None and other.name in self.asked):
            return True
        if known is not None and value in known:
            return True
        row[column.name] = None
        return bool(column.nullable)

    def _said(self, content: str | None, *, needed: bool) -> object:
        """Bytes: the file of the archive that has them; themselves, if no row is without them."""
        if content is None:
            return None
        digest = sha256(bytes.fromhex(content.removeprefix("\\x"))).hexdigest()
        if digest in self._files:
            return {"file": self._files[digest]}
        return content if needed else None

    def _say_leaves(self, rows: Iterable[Row]) -> None:
        """Say of which entry and field the words are to which rows refer."""
        leaves = {row["leaf"] for row in rows if row.get("leaf") is not None}
        if leaves:
            query = select(TextRow.leaf, TextRow.position, TextRow.field)
            found = self._source.session.execute(query.where(among(TextRow.leaf, leaves)))
            places = {leaf: [position, name] for leaf, position, name in found}
            for row in rows:
                row["leaf"] = places.get(row["leaf"])

    def _last(self, table: Table) -> int:
        """The last number that was given to a row of the installation; 0 without numbers."""
        key = table.primary_key.columns[0]
        if only_key(table) != "id" or key.identity is None:
            return 0
        return self._source.session.scalar(select(func.max(key))) or 0


def _known(row: Row, names: ShownNames) -> Row:
    """What is said of a person: the name, if pages show it."""
    name = row["display_name"] if row["display_name"] in names else _NAMELESS
    return {**row, "display_name": name, "created_at": NO_MOMENT}


def _with_act(row: Row, names: ShownNames) -> Row:
    """A mandate; with the act behind it, if pages show that."""
    return row if row["act"] in names else {**row, "act": ""}


def _mask(row: Row, masks: Counter[int], *, of: str, moments: Mapping[str, str | None]) -> None:
    """Put somebody without a name into a row: the next of those that what it belongs to has.

    moments: what stands in the place of when it was.
    """
    masks[row[of]] += 1
    row.update(moments)
    row["person_id"], row["mandate_id"] = -masks[row[of]], None


def _schema(session: Session) -> str:
    """The revision of the tables."""
    return str(session.scalar(text("SELECT version_num FROM alembic_version")))
