"""Follows the log: each object that an entry is about is read again and indexed as it is now.

Not in the commands, which would make each of them wait for the index; and not a job for each
entry, since a hundred comments in a second are one statement here. A cursor of its own in the
log makes it at least once, and it is idempotent: the object is read, and not the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consultazione.core import job_outbox
from consultazione.core.log import EntryRow, is_ephemeral
from consultazione.search.indexing.dictionary import forget_words
from consultazione.search.indexing.keeping import keep
from consultazione.search.indexing.rekeying import change_key, under_old_keys
from consultazione.search.kinds import KINDS
from consultazione.search.models import MaterialText, SearchEntry

CURSOR = "search"
# An order of erasure changes words in many places, of which its entry names none.
_ERASURE = "erasure.ordered"
_TEXTS_ERASED = frozenset({"comment.erased", "text.erased"})
_FILE_ERASED = "file.erased"
# Of which the dictionaries may hold words; comments are in none.
_WORDS_ERASED = frozenset({"text.erased", _FILE_ERASED})


def follow(session: Session, *, at: datetime, limit: int) -> int:
    """Index what the next entries of the log are about, at most `limit`; how many there were.

    In the caller's transaction, with the cursor: both are kept or neither is.
    """
    after = job_outbox.cursor(session, CURSOR)
    query = select(EntryRow.position, EntryRow.stream, EntryRow.kind, EntryRow.data)
    query = query.where(EntryRow.position > after).order_by(EntryRow.position).limit(limit)
    entries = [row for row in session.execute(query) if isinstance(row.data, Mapping)]
    if not entries:
        return 0
    for name, ids in touched(entries).items():
        keep(session, KINDS[name], sorted(ids), at=at)
    for row in entries:
        _after_erasure(session, row, at)
    job_outbox.advance(session, CURSOR, entries[-1].position)
    return len(entries)


def catch_up(session: Session, *, at: datetime, limit: int) -> int:
    """Read again what is stale or stands under an old key, at most `limit`; how many there were."""
    stale = select(SearchEntry.kind, SearchEntry.object_id).where(SearchEntry.stale).limit(limit)
    due = [(kind, number) for kind, number in session.execute(stale)]
    due = due or under_old_keys(session, limit=limit)
    by_kind: dict[str, list[int]] = {}
    for name, number in due:
        by_kind.setdefault(name, []).append(number)
    for name, ids in by_kind.items():
        keep(session, KINDS[name], ids, at=at)
    return len(due)


def touched(entries: Iterable[Any]) -> dict[str, set[int]]:
    """The ids of the objects that entries are about, by kind; a rehearsal is about none."""
    found: dict[str, set[int]] = {}
    for row in entries:
        if is_ephemeral(row.stream):
            continue
        for kind in KINDS.values():
            if ids := set(kind.touched(row.kind, row.data)):
                found.setdefault(kind.name, set()).update(ids)
    return found


def _after_erasure(session: Session, row: Any, at: datetime) -> None:
    if row.kind in _TEXTS_ERASED:
        change_key(session, at=at)
    if row.kind in _WORDS_ERASED:
        forget_words(session)
    if row.kind == _FILE_ERASED:
        session.execute(delete(MaterialText).where(MaterialText.sha256 == row.data["sha256"]))
    elif row.kind == _ERASURE:
        zone_id = int(row.stream.partition(":")[2])
        forget_words(session, zone_id)
        of_zone = (SearchEntry.zone_id == zone_id, SearchEntry.band < 2)
        session.execute(update(SearchEntry).where(*of_zone).values(stale=True))
