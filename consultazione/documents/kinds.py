"""The kinds of documents that are numbered. A new kind is one file in its feature, and one line.

Documents stand below the features that write them, so each feature registers its own kinds;
`consultazione.document_kinds` imports them all, as `consultazione.events` does the events.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from consultazione.core.errors import Sentence

# Given the ids of objects: what each is called on pages. What is left out has no name any more.
Titles = Callable[[Session, Collection[int]], Mapping[int, str]]
# Given the id of an object: the stream in the log under which its document's seal is kept.
Stream = Callable[[Session, int], str]
# Given the id of an object, as a column or a number: selects the cycle that it belongs to.
CycleOf = Callable[[Any], Select[int]]


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    name: in the register and in addresses, for ever. label: on pages, one; plural: many. word: in
    the document itself, Italian. titles: what its objects are called. endpoint, parameter: the page
    where it is read, if its feature has one; else the register shows what it keeps. sealed_as:
    where its seal is found, if its feature has it sealed. cycle_of: to which cycle an object
    belongs, left out if it belongs to the zone. is_sealed: whether what the register
    keeps of this kind gets the zone's seal.
    """

    name: str
    label: Sentence
    plural: Sentence
    word: str
    titles: Titles
    endpoint: str = ""
    parameter: str = ""
    sealed_as: Stream | None = None
    cycle_of: CycleOf | None = None
    is_sealed: bool = False


_KINDS: dict[str, DocumentKind] = {}


def titled(query: Select[int, str], key: InstrumentedAttribute[int]) -> Titles:
    """Titles that a query has: it selects of every object `key`, its id, and what it is called."""

    def titles(session: Session, ids: Collection[int]) -> Mapping[int, str]:
        return dict(iter(session.execute(query.where(key.in_(ids)))))

    return titles


def register_kind(kind: DocumentKind) -> DocumentKind:
    """Let a feature declare a kind, under a name that no other kind has."""
    if _KINDS.setdefault(kind.name, kind) != kind:
        raise TypeError(f"two kinds of documents are called {kind.name}")
    return kind


def kind_of(name: str) -> DocumentKind:
    """The kind of that name; LookupError if no feature has declared it."""
    return _KINDS[name]


def all_kinds() -> list[DocumentKind]:
    """Every kind, by name; complete once `consultazione.document_kinds` is imported."""
    return [_KINDS[name] for name in sorted(_KINDS)]
