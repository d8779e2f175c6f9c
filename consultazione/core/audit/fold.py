"""Folding entries into what rows must say; pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consultazione.core.audit.books import Audit
from consultazione.core.audit.rules import Rule
from consultazione.core.audit.sources import FORGET, NOTHING, Past, Said, read

# By the values of an audit's key.
Key = tuple[Any, ...]


class Expected:
    """A row as the log has it: the value of each column, and the entry that said it."""

    __slots__ = ("by", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.by: dict[str, Past] = {}

    def say(self, entry: Past, values: Said) -> None:
        """Let an entry say something of the row."""
        for name, value in values.items():
            if value is FORGET:
                self.values.pop(name, None)
                self.by.pop(name, None)
            elif value is not NOTHING:
                self.values[name] = plain(value)
                self.by[name] = entry


class Rows:
    """The rows of one audit, as far as entries were folded."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.rows: dict[Key, Expected] = {}
        self.memory: dict[Any, Any] = {}
        self._foretold: dict[Key, Expected] = {}

    def fold(self, entry: Past) -> None:
        """Let an entry say what it says of the rows."""
        for rule in self.audit.rules.get(entry.kind, ()):
            for one in rule.entries(entry):
                self._apply(rule, one)

    def named(self, **values: Any) -> list[Key]:
        """The keys of the rows that say all of this."""
        return list(self._that_say(values))

    def said(self, key: Key) -> Said:
        """What a row says."""
        return self.rows[key].values

    def say(self, key: Key, entry: Past, **values: Any) -> None:
        """Let a row say something, and come if it was not there."""
        row = self.rows.get(key)
        if row is None:
            row = self.rows[key] = self._foretold.pop(key, Expected())
            row.say(entry, self.audit.untold | dict(zip(self.audit.key, key, strict=True)))
        row.say(entry, values)

    def drop(self, key: Key) -> None:
        """Let a row go; nothing happens if it was not there."""
        self.rows.pop(key, None)

    def _apply(self, rule: Rule, entry: Past) -> None:
        if rule.step is not None:
            rule.step(self, entry)
        elif rule.act == "drop":
            self._drop(rule, entry)
        elif rule.act == "foretell":
            key = self._key(rule, entry)
            self._foretold.setdefault(key, Expected()).say(entry, _values(rule, entry, {}))
        else:
            key = self._key(rule, entry)
            if rule.act == "add" or key in self.rows or not self.audit.begun:
                said = self.rows[key].values if key in self.rows else {}
                self.say(key, entry, **_values(rule, entry, said))

    def _key(self, rule: Rule, entry: Past) -> Key:
        key = tuple(plain(read(rule.columns[name], entry, {})) for name in self.audit.key)
        if FORGET in key or NOTHING in key:
            raise KeyError(self.audit.key)
        return key

    def _drop(self, rule: Rule, entry: Past) -> None:
        values = {name: plain(value) for name, value in _values(rule, entry, {}).items()}
        if set(values) == set(self.audit.key):
            self.drop(tuple(values[name] for name in self.audit.key))
            return
        for key in self.named(**values):
            del self.rows[key]

    def _that_say(self, values: Said) -> Iterator[Key]:
        for key, row in self.rows.items():
            if all(row.values.get(name) == value for name, value in values.items()):
                yield key


def _values(rule: Rule, entry: Past, said: Said) -> dict[str, Any]:
    return {name: read(source, entry, said) for name, source in rule.columns.items()}


def plain(value: Any) -> Any:
    """A value without its enumeration."""
    return getattr(value, "value", value)
