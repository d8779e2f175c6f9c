"""Where the value of a column comes from: what an entry says, in which shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consultazione.core.log.details import Details


@dataclass(frozen=True, slots=True)
class Past:
    """An entry as rules read it: its data as stored, in which a text is a `Text`."""

    position: int
    stream: str
    number: int
    kind: str
    data: Mapping[str, Any]
    actor_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Text:
    """A free text beside the log, by the place where it stands."""

    position: int
    field: str


@dataclass(frozen=True, slots=True)
class Worded(Text):
    """A free text that has a value of another type in words: a number, or yes and no."""


@dataclass(frozen=True, slots=True)
class Detail(Text):
    """What a column says in a free text of several columns, by the way to it in the JSON."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """The number under which a free text beside the log is sealed, which a row refers to."""

    position: int
    field: str


@dataclass(frozen=True, slots=True)
class Is:
    """A source that is the same value always."""

    value: Any


# Sources within `adds_each` and `sets_each`: the item, and its place from 1.
ITEM, NTH = "*", "#"


@dataclass(frozen=True, slots=True)
class Part:
    """The fields that a JSON column must have among others."""

    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hashed:
    """The SHA-256 (hex) of what a column holds: bytes, or a document as canonical JSON."""

    digest: Any


class _Mark:
    """An answer that is no value of any column."""


# The log says nothing of the column; the log has said something that holds no longer.
NOTHING, FORGET = _Mark(), _Mark()
Said = Mapping[str, Any]
Source = str | Is | Callable[[Past, Said], Any]


def AT(entry: Past, _said: Said) -> datetime:  # noqa: N802  (reads as a constant)
    """The moment of the entry."""
    return entry.at


def ACTOR(entry: Past, _said: Said) -> int | None:  # noqa: N802
    """Who acted."""
    return entry.actor_id


def OF_STREAM(entry: Past, _said: Said) -> int:  # noqa: N802
    """The number in the name of the stream: 12 of `table:12`."""
    return int(entry.stream.partition(":")[2])


def read(source: Source, entry: Past, said: Said) -> Any:
    """What a source says; NOTHING or FORGET if that is nothing."""
    if isinstance(source, str):
        return entry.data.get(source, FORGET)
    return source.value if isinstance(source, Is) else source(entry, said)


def hashed(name: str) -> Source:
    """A source: what has the digest that stands in that field."""

    def source(entry: Past, _said: Said) -> Hashed:
        return Hashed(entry.data[name])

    return source


def if_said(name: str) -> Source:
    """A source: that field, if the entry has it; entries of before may not."""

    def source(entry: Past, _said: Said) -> object:
        said = entry.data.get(name)
        return NOTHING if said is None else said

    return source


def leaf_of(name: str) -> Source:
    """A source: the leaf of the text in that field."""

    def source(entry: Past, _said: Said) -> object:
        text = entry.data[name]
        return Leaf(text.position, text.field) if isinstance(text, Text) else NOTHING

    return source


def one_after(name: str) -> Source:
    """A source: one more than that field."""

    def source(entry: Past, _said: Said) -> int:
        return int(entry.data[name]) + 1

    return source


def details(columns: Details, field: str = "details") -> dict[str, Source]:
    """Sources for all columns of a text of details; unknown where an entry has none."""
    return {name: _detail(field, name) for name in columns.columns}


def each_detail(columns: Details, field: str) -> dict[str, Source]:
    """The same within `adds_each` and `sets_each`, from the text of all rows in their order."""
    return {name: _detail(field, name, each=True) for name in columns.columns}


def _detail(field: str, name: str, *, each: bool = False) -> Source:
    def source(entry: Past, _said: Said) -> object:
        text = entry.data.get(field)
        if not isinstance(text, Text):
            return FORGET
        path = (entry.data[NTH] - 1, name) if each else (name,)
        return Detail(text.position, text.field, path)

    return source
