"""Audits of tables, and the books of those that read the same streams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    Text,
    cast,
    func,
    inspect,
    literal_column,
    select,
)

from consultazione.core.audit.rules import Folded, Kinds, Rule, does
from consultazione.core.audit.sources import Past
from consultazione.core.columns import Base
from consultazione.core.log import EntryRow
from consultazione.core.log.models import FAMILY


class Audit:
    """What a table must say.

    key: the columns by which entries name a row; its primary key as a rule. only: the rows that
    it is about. begun: whether the log tells how each row began; if not, a row that it never
    spoke of is no fault, as long as it says what `untold` has, unless it is one of those that
    `told` chooses: how they began is in the log. partly: the archive of a cycle has some of the
    rows alone, and the log does not say which. Every rule names the whole key, but one that drops.
    """

    def __init__(
        self,
        model: type[Base] | Table,
        *rules: Rule,
        key: tuple[str, ...] = (),
        only: ColumnElement[bool] | None = None,
        begun: bool = True,
        untold: Mapping[str, Any] | None = None,
        told: ColumnElement[bool] | None = None,
        partly: bool = False,
    ) -> None:
        table = model if isinstance(model, Table) else inspect(model).local_table
        assert isinstance(table, Table)
        self.table = table
        self.key = key or tuple(column.name for column in table.primary_key)
        self.only = only
        self.begun = begun
        self.told = told
        self.partly = partly
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


def pairs(
    model: type[Base] | Table,
    *rules: Rule,
    owner: str,
    items: str,
    kinds: Kinds,
    key: tuple[str, ...] = (),
    late: str = "",
) -> Audit:
    """Audit of a table of pairs: each entry lists all that its owner has from then on.

    owner: the first column of the key, and the field with its number; items: the field that lists.
    rules: others. late: the family of streams in which entries of before have no such list; what
    their owner has is unknown.
    """

    def step(rows: Folded, entry: Past) -> None:
        if late and entry.data.get(items) is None:
            return
        named, listed = entry.data[owner], entry.data[items]
        for item in rows.memory.get(named, ()):
            rows.drop((named, item))
        for item in listed:
            rows.say((named, item), entry)
        rows.memory[named] = listed

    audit = Audit(model, does(kinds, step), *rules, key=key)
    if late:
        number = audit.table.c[owner]
        never = owners(late, owner, items, kinds, listed=False)
        at_last = owners(late, owner, items, kinds)
        audit.only = number.not_in(never) | number.in_(at_last)
    return audit


def owners(
    family: str, owner: str, items: str, kinds: Kinds, *, listed: bool = True
) -> Select[int]:
    """The numbers of owners of which some entry of those kinds has the list, or has it not.

    family: of their streams; owner: the field with the number; items: the field that lists.
    """
    has_list = func.jsonb_typeof(EntryRow.data[items]).is_not_distinct_from("array")
    number = cast(EntryRow.data[owner].astext, BigInteger)
    named = [kinds] if isinstance(kinds, str) else list(kinds)
    of_kind = literal_column(FAMILY, Text) == family, EntryRow.kind.in_(named)
    return select(number).where(*of_kind, number.is_not(None), has_list if listed else ~has_list)


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
