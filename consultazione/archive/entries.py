"""The published entries of a cycle's log, one file of JSON lines for each stream.

An entry is open or withheld. An open one is published with all that its digest covers, so that
anybody recomputes it; free texts stand beside it with their salts, if a visitor may read them.
Of a withheld one there are the digests, the kind and the moment, as in the public log of the
pages: it is there, in its place, and unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from consultazione.archive.bag import Bag
from consultazione.archive.reading import Source
from consultazione.core.canonical import canonical_json
from consultazione.core.columns import among
from consultazione.core.log import EntryRow, TextRow, is_kept
from consultazione.core.log.restored import OF_ARCHIVES
from consultazione.core.log.texts import SaltedText, open_row

FOLDER = "data/registro/voci"
_AT_ONCE = 1_000
# A line: fields of an entry, as JSON values.
Said = Mapping[str, Any]


class Disclosure(Protocol):
    """Judges what of an entry a visitor may read."""

    def is_open(self, entry: EntryRow) -> bool:
        """True if everything that the entry's digest covers may be published."""

    def shows(self, entry: EntryRow, name: str) -> bool:
        """True if the words of a free text of an open entry may be published."""


@dataclass
class Published:
    """What was written: heads by stream, and where things stand in the log.

    heads: number and digest of each stream's last entry. last_at: when the newest of all was
    made that tells of the cycle. places: by kind of thing, id, version and field, the entry in
    which its words stand published.
    """

    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    last_at: str = ""
    places: dict[tuple[str, int, int, str], str] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    open: int = 0
    withheld: int = 0


def write_entries(
    bag: Bag, source: Source, disclosure: Disclosure, *, upto: int | None = None
) -> Published:
    """Write the entries of all streams of a cycle; what was written.

    upto: the last position that a checkpoint covers; None if there is no checkpoint.
    """
    published = Published()
    for stream, rows in groupby(_rows(source, upto), key=lambda row: row.stream):
        with bag.opened(f"{FOLDER}/{file_of(stream)}") as file:
            for batch in _batches(rows):
                for line in _lines(source.session, batch, disclosure, published):
                    file.write(line)
    return published


def file_of(stream: str) -> str:
    """The name of the file with a stream's entries."""
    return f"{stream.replace(':', '-')}.jsonl"


def place_of(row: EntryRow) -> str:
    """How tables and documents name an entry: `table:3 #17`."""
    return f"{row.stream} #{row.number}"


def _rows(source: Source, upto: int | None) -> Iterator[EntryRow]:
    query = (
        select(EntryRow)
        .where(EntryRow.stream.in_(source.streams), is_kept())
        .order_by(EntryRow.stream.collate("C"), EntryRow.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    if upto is not None:
        query = query.where(EntryRow.position <= upto)
    return iter(source.session.scalars(query))


def _batches(rows: Iterable[EntryRow]) -> Iterator[list[EntryRow]]:
    batch: list[EntryRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(
    session: Session, rows: list[EntryRow], disclosure: Disclosure, published: Published
) -> Iterator[bytes]:
    opened = {row.position: row for row in rows if disclosure.is_open(row)}
    texts = _texts(session, opened, disclosure)
    for row in rows:
        is_open = row.position in opened
        said = _open(row, texts.get(row.position, {})) if is_open else {"withheld": True}
        yield canonical_json({**_outline(row), **said}) + b"\n"
        _note(published, row, texts.get(row.position, {}), is_open=is_open)


def _outline(row: EntryRow) -> Said:
    """What the public log shows of every entry."""
    return {
        "at": _moment(row),
        "digest": row.digest.hex(),
        "kind": row.kind,
        "number": row.number,
        "position": row.position,
        "prev_digest": row.prev_digest.hex(),
        "stream": row.stream,
    }


def _moment(row: EntryRow) -> str:
    return row.at.astimezone(UTC).isoformat(timespec="microseconds")


def _open(row: EntryRow, texts: Mapping[str, SaltedText]) -> Said:
    """What is added of an open one; `core.log.chain` says what its digest covers."""
    return {
        "actor_id": row.actor_id,
        "data": row.data,
        "salt": row.salt.hex(),
        "texts": {
            name: {"body": text.body, "salt": text.salt.hex()} for name, text in texts.items()
        },
    }


def _texts(
    session: Session, rows: Mapping[int, EntryRow], disclosure: Disclosure
) -> dict[int, dict[str, SaltedText]]:
    """The words that are published, by position and field; without those that were erased."""
    found: dict[int, dict[str, SaltedText]] = {}
    query = select(TextRow).where(among(TextRow.position, rows)).order_by(TextRow.position)
    for text in session.scalars(query):
        if not disclosure.shows(rows[text.position], text.field):
            continue
        opened = open_row(session, text)
        if opened is not None:
            found.setdefault(text.position, {})[text.field] = opened
    return found


def _note(published: Published, row: EntryRow, texts: Iterable[str], *, is_open: bool) -> None:
    published.heads[row.stream] = row.number, row.digest.hex()
    if not row.kind.startswith(OF_ARCHIVES):
        published.last_at = max(published.last_at, _moment(row))
    published.open += is_open
    published.withheld += not is_open
    if not is_open:
        return
    for thing in ("proposal", "comment"):
        version = row.data.get("version", 1)
        if row.kind in _WORDS_OF[thing]:
            for name in texts:
                published.places[thing, row.data[f"{thing}_id"], version, name] = place_of(row)
    for name in _DIGESTS & row.data.keys():
        if row.data[name]:
            published.sealed.setdefault(row.data[name], place_of(row))


# The entries that give a thing its words.
_WORDS_OF = {
    "proposal": {"proposal.submitted", "proposal.edited"},
    "comment": {"comment.written", "comment.edited"},
}
# The fields in which entries hold the SHA-256 of a document.
_DIGESTS = {"digest", "pdf_sha256", "sha256"}
