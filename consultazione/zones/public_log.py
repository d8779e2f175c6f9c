"""Reading the log as everybody may: newest first, accounts left out."""

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
    """One entry as the public log shows it: no names, no texts, its digest."""

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
        """The table that it happened at; None in the streams of other families."""
        family, number = parse_stream(self.stream)
        return number if family == "table" else None

    @property
    def place(self) -> str:
        """The stream as people call it: a sitting and its number."""
        family, number = parse_stream(self.stream)
        return f"{STREAM_NAMES[family]} {number}"

    @property
    def sentence(self) -> Any:
        """What happened, in the reader's language; the kind's own name if it has none."""
        return SENTENCES.get(self.kind, self.kind)


def happenings(
    session: Session,
    *,
    which: str = "",
    kinds: Collection[str] = (),
    before: int = 0,
    limit: int,
) -> list[Happening]:
    """The newest entries, before a position if one is given (0 is none).

    which: a family of streams (`table`), one stream (`table:3`), or all if empty.
    kinds: of which kinds, or of all if empty.
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
