"""The kinds of documents that are numbered. A new kind is one file in its feature, and one line.

Documents stand below the features that write them, so each feature registers its own kinds;
`consultazione.document_kinds` imports them all, as `consultazione.events` does the events.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence

# Given the ids of objects: what each is called on pages. What is left out has no name any more.
Titles = Callable[[Session, Collection[int]], Mapping[int, str]]


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    name: in the register and in addresses, for ever. label: on pages, one; plural: many. word: in
    the document itself, Italian. titles: what its objects are called. endpoint, parameter: the page
    where it is read, if its feature has one; else the register shows what it keeps.
    retention: for how many years it is kept, None for ever (the zone's *massimario* may say more).
    """

    name: str
    label: Sentence
    plural: Sentence
    word: str
    titles: Titles
    endpoint: str = ""
    parameter: str = ""
    retention: int | None = None


_KINDS: dict[str, DocumentKind] = {}


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
