"""What is searched of one kind of object: its text, its address, and who may read it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.core.errors import Sentence
from consultazione.people.models import Category
from consultazione.search.models import Band

# What no reader looks for, and a column of 200,000 characters holds (PostgreSQL: 1 MB of stems).
MOST_CHARACTERS = 200_000
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Text:
    """An object that everybody may read now, as it is indexed and as it is shown.

    title: empty where there is none. endpoint, values: its address, as `url_for` takes them.
    state: a word of the kind's own list. category: of its author.
    """

    object_id: int
    zone_id: int
    cycle_id: int | None = None
    table_id: int | None = None
    category: Category | None = None
    state: str | None = None
    at: datetime
    title: str
    body: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Kind(ABC):
    """One kind of object.

    name: in addresses and in the index. label: in lists. families: how the kinds of the entries
    begin after which an object is read again; fields: where these have its id. silent: entries of
    these families that change nothing that is searched. model: the table of its objects.
    """

    name: str
    label: Sentence
    band: Band = Band.PAPERS
    families: tuple[str, ...]
    fields: tuple[str, ...]
    silent: frozenset[str] = frozenset()
    model: Any
    # False where the day of an object says nothing to readers.
    has_day = True
    # True where the words stand in clear nowhere: only digests of their stems are indexed.
    is_sealed = False

    @abstractmethod
    def texts(self, session: Session, ids: Sequence[int]) -> Iterable[Text]:
        """Those of some objects that everybody may read, by the rule that their own page asks.

        Called when an object is indexed, and again whenever one is shown: what was hidden
        meanwhile is in no list, however far the index lags behind.
        """

    def touched(self, kind: str, data: Mapping[str, Any]) -> Iterator[int]:
        """The ids of the objects that an entry of the log has changed."""
        if kind.startswith(self.families) and kind not in self.silent:
            for name in self.fields:
                if isinstance(number := data.get(name), int):
                    yield number

    def after(self, session: Session, after: int, limit: int) -> list[int]:
        """The ids of all objects above one, in order, readable or not."""
        query = (
            select(self.model.id).where(self.model.id > after).order_by(self.model.id).limit(limit)
        )
        return list(session.scalars(query))


def plain_words(text: str) -> str:
    """The words of a text with single spaces, so that both sides of a search cut them alike."""
    return _NO_WORD.sub(" ", text[:MOST_CHARACTERS]).strip()


def strings_in(value: Any, names: frozenset[str]) -> Iterator[str]:
    """Every string that stands under one of these names somewhere in JSON."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in names and isinstance(inner, str):
                yield inner
            else:
                yield from strings_in(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner, names)
