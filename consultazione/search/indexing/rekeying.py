"""The key of the index of comments: the first, another one after an erasure, the end of the old.

What was written under the old key may still lie in files of the database, and can then be
guessed at by nobody. The digests are made anew by and by: the loop that follows the log does a
few at each of its turns, and until it is done a search asks under both keys.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from consultazione.core import log
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.core.text_keys import keys_of
from consultazione.search.models import SearchEntry, SearchKey


def leaves(session: Session) -> list[int]:
    """The leaves of all keys that still open something, the newest first."""
    newest = select(SearchKey.leaf).order_by(SearchKey.made_at.desc(), SearchKey.leaf.desc())
    drawn = session.scalars(newest).all()
    return [leaf for leaf in drawn if keys_of(session).tree(session).holds(leaf)]


def newest_leaf(session: Session, *, at: datetime) -> int:
    """The leaf of the key to write under; drawn now if there is none."""
    found = leaves(session)
    return found[0] if found else change_key(session, at=at)


def change_key(session: Session, *, at: datetime) -> int:
    """Draw another key, under which all is written from now on; its leaf."""
    leaf = log.draw_leaves(session, 1)[0]
    session.add(SearchKey(leaf=leaf, made_at=at))
    session.flush()
    return leaf


def under_old_keys(session: Session, *, limit: int) -> list[tuple[str, int]]:
    """Entries whose stems are still under another key than the newest: kind and id."""
    if not (found := leaves(session)):
        return []
    other = or_(SearchEntry.leaf < found[0], SearchEntry.leaf > found[0])
    query = select(SearchEntry.kind, SearchEntry.object_id).where(other).limit(limit)
    return [(kind, number) for kind, number in session.execute(query)]


def end_old_keys(database: Database) -> None:
    """Destroy the keys under which nothing stands any more, and then forget their leaves.

    In this order a crash in between leaves a leaf without a key, which a search passes over.
    """
    with database.snapshot() as session:
        unused = [leaf for leaf in leaves(session)[1:] if not _is_used(session, leaf)]
        if not unused:
            return
        keys_of(session).destroy(session, unused)
    with database.transaction(SYSTEM) as tx:
        tx.session.execute(delete(SearchKey).where(SearchKey.leaf.in_(unused)))


def _is_used(session: Session, leaf: int) -> bool:
    return bool(session.scalar(select(exists().where(SearchEntry.leaf == leaf))))
