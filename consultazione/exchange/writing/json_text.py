"""Programmes as one JSON text: each with its tables. Amounts are texts, exact to the cent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from sqlalchemy.orm import Session

from consultazione.exchange.writing.source import Programme, Source
from consultazione.exchange.writing.tables import TABLES, Table

_OF_A_PROGRAMME = tuple(table for table in TABLES if table.name != "programmi")


def write(out: BinaryIO, source: Source) -> None:
    """Write `{"programmi": [...]}`, each programme with the rows of its tables as objects."""
    out.write(b'{"programmi": [')
    separators = _Separators()

    def append(session: Session, programme: Programme) -> None:
        out.write(separators.next())
        _write_one(out, session, programme)

    source.each(append)
    out.write(b"]}\n")


class _Separators:
    """Nothing before the first, a comma before each of the others."""

    def __init__(self) -> None:
        self._between = b""

    def next(self) -> bytes:
        """What stands before the next one."""
        between, self._between = self._between, b",\n"
        return between


def _write_one(out: BinaryIO, session: Session, programme: Programme) -> None:
    (table,) = (table for table in TABLES if table not in _OF_A_PROGRAMME)
    (row,) = table.rows(session, programme)
    out.write(_json(_object(table, row)).removesuffix("}").encode())
    for table in _OF_A_PROGRAMME:
        out.write(f",\n{_json(table.name)}: [".encode())
        _write_rows(out, table, table.rows(session, programme))
        out.write(b"]")
    out.write(b"}")


def _write_rows(out: BinaryIO, table: Table, rows: Iterable[Sequence[object]]) -> None:
    separators = _Separators()
    for row in rows:
        out.write(separators.next() + _json(_object(table, row)).encode())


def _object(table: Table, row: Sequence[object]) -> dict[str, object]:
    return {field.name: value for field, value in zip(table.fields, row, strict=True)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
