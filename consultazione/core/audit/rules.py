"""How the rows of a table follow from events: the words in which features declare it.

    Audit(
        Support,
        adds("proposal.supported", proposal_id="proposal_id", person_id=ACTOR, at=AT),
        drops("proposal.support_withdrawn", proposal_id="proposal_id", person_id=ACTOR),
    )

A source says where the value of a column comes from: the name of a field of the event, `AT`,
`ACTOR`, `OF_STREAM`, `Is(value)`, or a function of the entry and of what the row said before.
A field that an old entry does not have leaves its column unknown; what is unknown is not
compared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Table, inspect

from consultazione.core.columns import Base


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


class Folded(Protocol):
    """The rows folded so far, as a step sees them.

    memory: what steps of this audit remember, in whatever shape they like.
    """

    memory: dict[Any, Any]

    def named(self, **values: Any) -> Iterable[tuple[Any, ...]]:
        """The keys of the rows that say all of this."""

    def said(self, key: tuple[Any, ...]) -> Said:
        """What a row says."""

    def say(self, key: tuple[Any, ...], entry: Past, **values: Any) -> None:
        """Let a row say something, and come if it was not there."""

    def drop(self, key: tuple[Any, ...]) -> None:
        """Let a row go; nothing happens if it was not there."""


Step = Callable[[Folded, Past], None]


@dataclass(frozen=True)
class Rule:
    """What entries of some kinds do to rows of a table.

    act: `add`, `set`, `foretell` or `drop`. each: one row for each item that it finds in the entry,
    which sources read as ITEM. when: entries that it is about.
    """

    kinds: tuple[str, ...]
    act: str
    columns: Mapping[str, Source]
    each: Callable[[Past], Iterable[Any]] | None = None
    when: Callable[[Past], bool] | None = None
    step: Step | None = None

    def entries(self, entry: Past) -> Iterator[Past]:
        """The entry as it is, or once for each item."""
        if self.when is not None and not self.when(entry):
            return
        if self.each is None:
            yield entry
            return
        for place, item in enumerate(self.each(entry)):
            data = {**entry.data, ITEM: item, NTH: place + 1}
            yield Past(
                entry.position, entry.stream, entry.number, entry.kind, data, entry.actor_id,
                entry.at,
            )  # fmt: skip


Kinds = str | tuple[str, ...]
When = Callable[[Past], bool]


def adds(kinds: Kinds, *, when: Any = None, **columns: Any) -> Rule:
    """A row comes with such an entry; of a row that is there already it says it anew."""
    return Rule(_kinds(kinds), "add", columns, when=when)


def sets(kinds: Kinds, *, when: Any = None, **columns: Any) -> Rule:
    """Something else is said of a row that came before."""
    return Rule(_kinds(kinds), "set", columns, when=when)


def foretells(kinds: Kinds, *, when: Any = None, **columns: Any) -> Rule:
    """Something is said of a row that may come later; until then there is none."""
    return Rule(_kinds(kinds), "foretell", columns, when=when)


def drops(kinds: Kinds, *, when: Any = None, **columns: Any) -> Rule:
    """A row goes; with a part of its key, all rows that have it."""
    return Rule(_kinds(kinds), "drop", columns, when=when)


def adds_each(kinds: Kinds, items: str | Callable[[Past], Iterable[Any]], **columns: Any) -> Rule:
    """A row comes for each item of a list; sources read it as ITEM, its place as NTH."""
    return Rule(_kinds(kinds), "add", columns, each=_items(items))


def sets_each(kinds: Kinds, items: str | Callable[[Past], Iterable[Any]], **columns: Any) -> Rule:
    """Something else is said of the row of each item of a list."""
    return Rule(_kinds(kinds), "set", columns, each=_items(items))


def does(kinds: Kinds, step: Step, **columns: Any) -> Rule:
    """What no other word says: a step that changes the rows folded so far.

    columns: that it speaks of, with any source, so that they are known to be compared.
    """
    return Rule(_kinds(kinds), "do", columns, step=step)


def _kinds(kinds: Kinds) -> tuple[str, ...]:
    return (kinds,) if isinstance(kinds, str) else kinds


def _items(items: str | Callable[[Past], Iterable[Any]]) -> Callable[[Past], Iterable[Any]]:
    if callable(items):
        return items
    return lambda entry: entry.data.get(items) or ()


class Audit:
    """What a table must say.

    key: the columns by which entries name a row; its primary key as a rule. only: the rows that
    it is about. begun: whether the log tells how each row began; if not, a row that it never
    spoke of is no fault, as long as it says what `untold` has. Every rule names the whole key,
    but one that drops.
    """

    def __init__(
        self,
        model: type[Base] | Table,
        *rules: Rule,
        key: tuple[str, ...] = (),
        only: ColumnElement[bool] | None = None,
        begun: bool = True,
        untold: Mapping[str, Any] | None = None,
    ) -> None:
        table = model if isinstance(model, Table) else inspect(model).local_table
        assert isinstance(table, Table)
        self.table = table
        self.key = key or tuple(column.name for column in table.primary_key)
        self.only = only
        self.begun = begun
        self.untold = dict(untold or {})
        self.rules: dict[str, list[Rule]] = {}
        for rule in rules:
            for kind in rule.kinds:
                self.rules.setdefault(kind, []).append(rule)

    @property
    def columns(self) -> Collection[str]:
        """The columns that some rule speaks of."""
        spoken = {name for rules in self.rules.values() for rule in rules for name in rule.columns}
        spoken |= self.untold.keys()
        return [column.name for column in self.table.columns if column.name in spoken]


def hashed(name: str) -> Source:
    """A source: what has the digest that stands in that field."""

    def source(entry: Past, _said: Said) -> Hashed:
        return Hashed(entry.data[name])

    return source


def one_after(name: str) -> Source:
    """A source: one more than that field."""

    def source(entry: Past, _said: Said) -> int:
        return int(entry.data[name]) + 1

    return source


def pairs(
    model: type[Base] | Table, *, owner: str, items: str, kinds: Kinds, key: tuple[str, ...] = ()
) -> Audit:
    """Audit of a table of pairs: each entry lists all that its owner has from then on.

    owner: the first column of the key, and the field with its number; items: the field that lists.
    """

    def step(rows: Folded, entry: Past) -> None:
        named = entry.data[owner]
        for one in rows.named(**{owner: named}):
            rows.drop(one)
        for item in entry.data[items]:
            rows.say((named, item), entry)

    return Audit(model, does(kinds, step), key=key)


@dataclass(frozen=True)
class Book:
    """Audits that read the same streams.

    families: of the streams. apart: each number's streams are a whole (`sitting:7`, `notes:7`),
    so that they can be read some at a time and memory stays small.
    """

    families: tuple[str, ...]
    audits: tuple[Audit, ...]
    apart: bool = False

    @property
    def kinds(self) -> list[str]:
        """The kinds of entry that its audits read."""
        return sorted({kind for audit in self.audits for kind in audit.rules})


_BOOKS: list[Book] = []


def register(*families: str, audits: Iterable[Audit], apart: bool = False) -> Book:
    """Let a feature say what follows from streams of these families."""
    book = Book(families, tuple(audits), apart)
    _BOOKS.append(book)
    return book


def books() -> list[Book]:
    """All that features have registered."""
    return list(_BOOKS)
