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

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from consultazione.core.audit.sources import ITEM, NTH, Past, Said, Source


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


def foretells_each(
    kinds: Kinds, items: str | Callable[[Past], Iterable[Any]], **columns: Any
) -> Rule:
    """Something is said of the row of each item of a list, which may come later."""
    return Rule(_kinds(kinds), "foretell", columns, each=_items(items))


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
