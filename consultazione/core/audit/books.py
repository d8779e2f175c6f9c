"""Audits of tables, and the books of those that read the same streams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, inspect

from consultazione.core.audit.rules import Folded, Kinds, Rule, does
from consultazione.core.audit.sources import Past
from consultazione.core.columns import Base


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
