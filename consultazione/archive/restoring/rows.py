"""Putting rows back that an archive has, each table after those to which its rows refer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping, Set
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consultazione.archive.restoring.bad import BadArchive, inside
from consultazione.archive.restoring.entries import Leaves
from consultazione.archive.restoring.numbers import count_on
from consultazione.archive.restoring.papers import Listed, papers_in
from consultazione.archive.restoring.shapes import StateShape, listed
from consultazione.archive.state.kept import KEPT, PERSON
from consultazione.archive.state.rows import columns_of, is_bytes, kept_tables
from consultazione.archive.state.writing import FOLDER, LIST
from consultazione.core.log import draw_leaves

_AT_ONCE = 20_000
Row = MutableMapping[str, Any]


def restore_rows(session: Session, folder: Path, leaves: Leaves, *, people: int) -> None:
    """Put the rows of all tables back, and let new rows be numbered beyond them.

    leaves: of the texts to which rows refer. people: the highest number of a person in the log.
    BadArchive if they do not fit into the tables of this version, or say what no archive says.
    """
    said = listed(StateShape(), folder, LIST)
    counted: Mapping[str, Mapping[str, int]] = said["tabelle"]
    tables = {table.name: table for table in kept_tables()}
    unknown = sorted(counted.keys() - tables.keys())
    if unknown:
        raise BadArchive(f"it has rows of {unknown[0]}, which this version does not restore")
    papers = papers_in(folder)
    for name in [name for name in tables if name in counted]:
        try:
            if counted[name]["righe"]:
                _restore(session, _Part(tables[name], folder, papers), leaves)
        except DBAPIError as error:
            raise BadArchive(
                f"{FOLDER}/{name}.jsonl: its rows do not fit into this version's tables "
                f"(it was made with schema {said['schema']})"
            ) from error
        count_on(session, tables[name], counted[name]["ultimo"])
    # Of persons whom the log names there may be no rows.
    count_on(session, tables[PERSON], people)


@dataclass(frozen=True)
class _Part:
    """The rows of a table in an unpacked archive.

    papers: the documents that it lists. given: those that are the content of a row already.
    """

    table: Table
    folder: Path
    papers: Mapping[str, Listed]
    given: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The file that has them."""
        return f"{FOLDER}/{self.table.name}.jsonl"


def _restore(session: Session, part: _Part, leaves: Leaves) -> None:
    """Put the rows of a table back, a few statements for all: they may refer to each other."""
    table, rows = part.table, _rows(session, part, leaves)
    while some := list(islice(rows, _AT_ONCE)):
        names = sorted(some[0])
        given = func.json_populate_recordset(
            literal_column(f'NULL::"{table.name}"'), cast(bindparam("rows", type_=Text), JSON)
        ).table_valued(*(table.c[name] for name in names), name="given")
        chosen = select(*(given.c[name] for name in names))
        statement = insert(table).from_select(names, chosen, include_defaults=False)
        session.execute(statement, {"rows": json.dumps(some)})


def _rows(session: Session, part: _Part, leaves: Leaves) -> Iterator[Row]:
    known = {column.name for column in columns_of(part.table)}
    binary = [column.name for column in columns_of(part.table) if is_bytes(column)]
    first: Set[str] = frozenset()
    with inside(part.folder, part.name).open("rb") as lines:
        for line in lines:
            row = json.loads(line)
            _judge(part, row, known)
            first = first or row.keys()
            if row.keys() != first:
                raise BadArchive(f"{part.name}: not every row has the same columns")
            for name in binary:
                if isinstance(row.get(name), dict):
                    row[name] = _bytes(part, row[name].get("file"))
            if "leaf" in row:
                row["leaf"] = _leaf(session, row["leaf"], leaves)
            yield row


def _judge(part: _Part, row: object, known: Set[str]) -> None:
    """BadArchive unless a row has columns that archives have, and no word of what they withhold."""
    if not isinstance(row, dict) or not row:
        raise BadArchive(f"{part.name}: a line is no row with columns")
    if not row.keys() <= known:
        raise BadArchive(f"{part.name}: has a column that is not known here")
    for name, instead in KEPT[part.table.name].withheld.items():
        if row.get(name) not in (None, instead):
            raise BadArchive(f"{part.name}: has words in {name}, which no archive has")


def _bytes(part: _Part, name: object) -> str:
    """The content of a document, as the database reads bytes."""
    if not isinstance(name, str) or name not in part.papers:
        raise BadArchive(f"{part.name}: {name!r} is no document of the archive")
    if name in part.given:
        # Or a large one, named by many rows, would fill the memory and the database.
        raise BadArchive(f"{part.name}: {name!r} is the content of two rows")
    part.given.add(name)
    return f"\\x{part.papers[name].file.read_bytes().hex()}"


def _leaf(session: Session, place: list[Any] | None, leaves: Leaves) -> int:
    """The leaf of the words at a place of the log; of words that are withheld, one of nothing."""
    found = leaves.get((place[0], place[1])) if place else None
    return draw_leaves(session, 1)[0] if found is None else found
