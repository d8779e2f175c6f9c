"""Reading the public log: newest first, without the streams of accounts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from consultazione.core.log import EntryRow, is_kept, parse_stream
from consultazione.zones.event_sentences import FAMILIES, SENTENCES, STREAM_NAMES


@dataclass(frozen=True)
class Happening:
    """An entry as the public log shows it: its digest, but no names and no free text."""

    position: int
    stream: str
    number: int
    kind: str
    at: datetime
    digest: str

    @property
    def family(self) -> str:
        return parse_stream(self.stream)[0]

    @property
    def table_id(self) -> int | None:
        """The id of the table, for an entry in a table's stream; None for any other."""
        family, number = parse_stream(self.stream)
        return number if family == "table" else None

    @property
    def place(self) -> str:
        """The stream's name for readers, such as a sitting and its number."""
        family, number = parse_stream(self.stream)
        return f"{STREAM_NAMES[family]} {number}"

    @property
    def sentence(self) -> Any:
        """What happened, in the reader's language; the name of the kind if it has no sentence."""
        return SENTENCES.get(self.kind, self.kind)


def public_entries(
    session: Session,
    *,
    which: str = "",
    kinds: Collection[str] = (),
    before: int = 0,
    limit: int,
) -> list[Happening]:
    """The newest `limit` entries of the public log, newest first.

    which: a family of streams (`table`), one stream (`table:3`), or all of them if empty.
    kinds: the kinds to include, or all if empty. before: only entries below this position; 0
    for no bound.
    """
    query = _chosen(select(EntryRow), which).order_by(EntryRow.position.desc()).limit(limit)
    if before:
        query = query.where(EntryRow.position < before)
    if kinds:
        query = query.where(EntryRow.kind.in_(kinds))
    return [
        Happening(row.position, row.stream, row.number, row.kind, row.at, row.digest.hex())
        for row in session.scalars(query)
    ]


def _chosen(query: Select[EntryRow], which: str) -> Select[EntryRow]:
    family, _colon, place = which.partition(":")
    query = query.where(is_kept())
    if family in FAMILIES and place.isdecimal():
        return query.where(EntryRow.stream == which)
    families = [family] if family in FAMILIES else list(FAMILIES)
    return query.where(
        or_(*(EntryRow.stream.startswith(f"{name}:", autoescape=True) for name in families))
    )
