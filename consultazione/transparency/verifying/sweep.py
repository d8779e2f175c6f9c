"""Reading a range of entries once, and noting what does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy.orm import Session

from consultazione.core.log import GENESIS, canonical, chain_digest, is_ephemeral, text_digest
from consultazione.core.log.restored import is_withheld, restored_until
from consultazione.core.log.texts import UnreadableText, open_text
from consultazione.core.text_keys import Tree, keys_of
from consultazione.transparency.leaves import hash_of

_ENTRIES = """
    SELECT e.position, e.stream, e.number, e.kind, e.actor_id, e.at, e.data::text, e.salt,
        e.digest, e.prev_digest, l.number
    FROM log_entry e LEFT JOIN log_leaf l ON l.position = e.position
    WHERE e.position > %(after)s AND e.position <= %(until)s ORDER BY e.position"""
_TEXTS = """
    SELECT position, field, leaf, sealed FROM log_text
    WHERE position > %(after)s AND position <= %(until)s ORDER BY position"""
_AT_ONCE = 2000
# `json.loads` without looking for blanks around the value, of which PostgreSQL writes none.
_read_json = json.JSONDecoder().raw_decode
Texts = Mapping[str, tuple[int, bytes | None]]


@dataclass(slots=True)
class Span:
    """A stream as far as one range has it: the link it begins with, and how it ends.

    is_kept: whether its entries are leaves.
    """

    first: int
    linked_to: bytes
    last: int
    digest: bytes
    is_kept: bool = True


@dataclass
class Swept:
    """What a range of entries holds.

    spans: by stream. suspects: the streams in which something does not fit. leaves: the hashes
    of what should be leaves, one after the other; misplaced: the first entry that is not the
    leaf that it should be, counted among those; unleaved: how many at the end are none yet.
    erased: how many texts were erased.
    """

    count: int = 0
    erased: int = 0
    spans: dict[str, Span] = field(default_factory=dict)
    suspects: set[str] = field(default_factory=set)
    leaves: bytearray = field(default_factory=bytearray)
    first_leaf: int | None = None
    misplaced: tuple[str, int] | None = None
    unleaved: int = 0


def sweep(session: Session, *, after: int, until: int) -> Swept:
    """Read the entries beyond position `after` up to `until`, some thousand at a time."""
    found = Swept()
    driver: Any = session.connection().connection.driver_connection
    span = {"after": after, "until": until}
    texts = _TextReader(driver, span, keys_of(session).tree(session), restored_until(session))
    for row in _rows(driver, "sweep_entries", _ENTRIES, span):
        _note(found, row, texts)
    found.erased = texts.erased
    return found


def _note(found: Swept, row: Any, texts: _TextReader) -> None:
    position, stream, number, kind, actor_id, at, text, salt, digest, prev_digest, leaf = row
    data, _end = _read_json(text, 0)
    found.count += 1
    entry = canonical(
        stream=stream, number=number, kind=kind, at=at, actor_id=actor_id, data=data, salt=salt
    )  # fmt: skip
    withheld = position <= texts.restored and is_withheld(data, salt)
    fits = withheld or chain_digest(prev_digest, entry) == digest
    fits &= texts.fit(position, text, data)
    span = found.spans.get(stream)
    if span is None:
        kept = not is_ephemeral(stream)
        span = found.spans[stream] = Span(number, prev_digest, number, digest, kept)
    else:
        fits = fits and number == span.last + 1 and prev_digest == span.digest
        span.last, span.digest = number, digest
    if not fits:
        found.suspects.add(stream)
    if span.is_kept:
        _place(found, stream, number, leaf)
        found.leaves += hash_of(stream, number, digest)


def _place(found: Swept, stream: str, number: int, leaf: int | None) -> None:
    """Note whether an entry is the leaf that follows from the one before."""
    index = len(found.leaves) // 32
    if leaf is None:
        found.unleaved += 1
        return
    if found.first_leaf is None:
        found.first_leaf = leaf - index
    if (leaf - found.first_leaf != index or found.unleaved) and found.misplaced is None:
        found.misplaced = stream, number


class _TextReader:
    """The texts beside entries that are asked for in the order of their positions.

    restored: up to which position an archive may have withheld them.
    """

    def __init__(self, driver: Any, span: Mapping[str, int], tree: Tree, restored: int) -> None:
        self.restored = restored
        self._rows = _rows(driver, "sweep_texts", _TEXTS, span)
        self._next: Any = next(self._rows, None)
        self._tree = tree
        self.erased = 0

    def fit(self, position: int, text: str, data: Any) -> bool:
        """True if the texts of an entry are those whose digests it holds, or were erased.

        text: its data as JSON, by which most entries are seen to hold none.
        """
        promised = _promised(data) if '"digest"' in text else {}
        fits = True
        while self._next is not None and self._next[0] <= position:
            at, name, leaf, sealed = self._next
            fits &= at == position and self._fits(at, name, leaf, sealed, promised.pop(name, None))
            self._next = next(self._rows, None)
        return fits and (not promised or position <= self.restored)

    def _fits(
        self, position: int, name: str, leaf: int, sealed: bytes | None, promised: str | None
    ) -> bool:
        try:
            text = open_text(self._tree, position, name, leaf, sealed)
        except UnreadableText:
            return False
        if text is None:
            self.erased += sealed is None
            return promised is not None
        return text_digest(text.salt, text.body) == promised


def _promised(data: Any) -> dict[str, str]:
    """The digests of an entry's free texts, by their fields."""
    return {
        name: value["digest"]
        for name, value in (data.items() if isinstance(data, dict) else ())
        if type(value) is dict and value.keys() == {"digest"}
    }


def _rows(
    driver: psycopg.Connection[Any], name: str, query: str, span: Mapping[str, int]
) -> Iterator[Any]:
    """The rows of a query, read from the server as they are needed."""
    with driver.cursor(name=name, binary=True) as cursor:
        cursor.execute(query, span)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows


def joined(parts: list[Swept]) -> Swept:
    """Ranges that follow each other, as one."""
    whole = Swept()
    for part in parts:
        whole.count += part.count
        whole.erased += part.erased
        whole.suspects |= part.suspects
        _join_leaves(whole, part)
        for stream, span in part.spans.items():
            before = whole.spans.get(stream) or Span(1, GENESIS, 0, GENESIS)
            if (span.first, span.linked_to) != (before.last + 1, before.digest):
                whole.suspects.add(stream)
            whole.spans[stream] = Span(before.first, before.linked_to, span.last, span.digest)
    return whole


def _join_leaves(whole: Swept, part: Swept) -> None:
    index = len(whole.leaves) // 32
    follows = part.first_leaf is None or (part.first_leaf == index and not whole.unleaved)
    if whole.misplaced is None:
        whole.misplaced = part.misplaced or (None if follows else ("", 0))
    whole.unleaved += part.unleaved
    whole.leaves += part.leaves
