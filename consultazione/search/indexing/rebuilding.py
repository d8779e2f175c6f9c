"""Making the whole index again, in parts that are committed one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from consultazione.core import job_outbox
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.log import EntryRow
from consultazione.search.indexing.following import CURSOR
from consultazione.search.indexing.keeping import forget, keep
from consultazione.search.indexing.rekeying import change_key, end_old_keys
from consultazione.search.kinds import KINDS
from consultazione.search.kinds.base import Kind
from consultazione.search.models import SearchEntry

_BATCH = 500
Tell = Callable[[str, int, int], None]


def rebuild(database: Database, names: Iterable[str] = (), *, tell: Tell) -> int:
    """Index every object of these kinds, or of all; how many there were looked at.

    tell: told the kind, how many were done and how many there are. Searches go on meanwhile.
    Killed in between, it is begun anew. Of all kinds, the loop goes on where the log stood when
    it began, and comments are under a new key.
    """
    chosen = [KINDS[name] for name in names] or list(KINDS.values())
    is_whole = len(chosen) == len(KINDS)
    with database.transaction(SYSTEM) as tx:
        head = tx.session.scalar(select(func.max(EntryRow.position))) or 0
        if is_whole:
            change_key(tx.session, at=tx.now)
    done = sum(_rebuild_kind(database, kind, tell) for kind in chosen)
    with database.transaction(SYSTEM) as tx:
        if is_whole:
            if head > job_outbox.cursor(tx.session, CURSOR):
                job_outbox.advance(tx.session, CURSOR, head)
            known = SearchEntry.kind.not_in(list(KINDS))
            tx.session.execute(delete(SearchEntry).where(known))
    end_old_keys(database)
    return done


def _rebuild_kind(database: Database, kind: Kind, tell: Tell) -> int:
    with database.snapshot() as session:
        of = session.scalar(select(func.count(kind.model.id))) or 0
    done, after = 0, 0
    tell(kind.name, done, of)
    while True:
        with database.transaction(SYSTEM) as tx:
            ids = kind.after(tx.session, after, _BATCH)
            _forget_between(tx.session, kind.name, after, ids)
            if not ids:
                return done
            keep(tx.session, kind, ids, at=tx.now)
        done, after = done + len(ids), ids[-1]
        tell(kind.name, done, max(of, done))


def _forget_between(session: Session, name: str, after: int, ids: list[int]) -> None:
    """Take out what has no object any more: ids that the list of objects steps over."""
    query = select(SearchEntry.object_id).where(
        SearchEntry.kind == name, SearchEntry.object_id > after
    )
    if ids:
        query = query.where(SearchEntry.object_id <= ids[-1])
    there = set(session.scalars(query))
    forget(session, name, sorted(there - set(ids)))
