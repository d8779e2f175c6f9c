"""Reading the public log: newest first, without the streams of accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from consultazione.core.log import (
    EntryRow,
    is_kept,
    newest_of_family,
    newest_of_kinds,
    newest_of_streams,
    parse_stream,
)
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
    before: int = 0,
    limit: int,
    streams: Select[str] | None = None,
) -> list[Happening]:
    """The newest `limit` entries of the public log, newest first.

    which: a family of streams (`table`), one stream (`table:3`), or all of them if empty.
    before: only entries below this position; 0 for no bound. streams: selects the names of those
    that are meant; None for all.
    """
    query = select(EntryRow).where(is_kept())
    if streams is None or ":" in which:
        query = _of(streams, _within(session, query, which, before))
        return _happenings(session, query.limit(limit))
    newest = newest_of_streams(_public(streams, which), before=before, limit=limit)
    query = query.where(EntryRow.position.in_(newest))
    return _happenings(session, query.order_by(EntryRow.position.desc()))


def newest_entries(
    session: Session, kinds: Mapping[str, Collection[str]], *, limit: int, streams: Select[str]
) -> list[Happening]:
    """The newest `limit` entries of some public kinds in some streams, newest first.

    kinds: by the family of the streams in which they are recorded. streams: selects their names.
    """
    newest = newest_of_kinds(streams, kinds, limit=limit)
    query = select(EntryRow).where(EntryRow.position.in_(newest), is_kept())
    return _happenings(session, query.order_by(EntryRow.position.desc()))


def _public(streams: Select[str], which: str) -> Select[str]:
    """Of some streams those of a family, else all that are public."""
    name = streams.subquery().c[0]
    families = [which] if which in FAMILIES else FAMILIES
    return select(name).where(func.split_part(name, ":", 1).in_(families))


def _of(streams: Select[str] | None, query: Select[Any]) -> Select[Any]:
    return query if streams is None else query.where(EntryRow.stream.in_(streams))


def _happenings(session: Session, query: Select[EntryRow]) -> list[Happening]:
    return [
        Happening(row.position, row.stream, row.number, row.kind, row.at, row.digest.hex())
        for row in session.scalars(query)
    ]


def _within(session: Session, query: Select[EntryRow], which: str, before: int) -> Select[EntryRow]:
    """The entries of a family, of one stream or of all that are public, newest first."""
    family, _colon, place = which.partition(":")
    if family in FAMILIES and place.isdecimal():
        return _of_stream(session, query, which, before)
    if family in FAMILIES:
        return newest_of_family(query, family, before=before)
    public = (EntryRow.stream.startswith(f"{name}:", autoescape=True) for name in FAMILIES)
    query = query.where(or_(*public)).order_by(EntryRow.position.desc())
    return query.where(EntryRow.position < before) if before else query


def _of_stream(
    session: Session, query: Select[EntryRow], stream: str, before: int
) -> Select[EntryRow]:
    """The entries of a stream by number, which is their order by position and has an index."""
    query = query.where(EntryRow.stream == stream).order_by(EntryRow.number.desc())
    if not before:
        return query
    last = session.scalar(select(EntryRow.number).filter_by(stream=stream, position=before))
    return query.where(EntryRow.number < last if last else EntryRow.position < before)
