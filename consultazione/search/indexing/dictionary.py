"""The words of a zone's papers and proposals, for whoever types one with a wrong letter.

Each entry of the index holds the words of its text as they are written (`spelt`); a dictionary is
counted from them by `ts_stat`, in a worker, since that takes seconds for a hundred thousand texts.
So it only knows what everybody may read, a little late; what is suggested is looked for again in
what is shown (`asking/correcting.py`). Comments are in no dictionary: their words stand in clear
nowhere.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.search.models import SearchDictionary, SearchWordCount

SHORTEST, LONGEST = 4, 30
# Counting takes a hundredth of the time at most, however large a zone is.
_LEAST_PAUSE = timedelta(seconds=20)
_PAUSES = 100
# Whoever began it that long ago does not finish it any more.
_GIVEN_UP = timedelta(minutes=10)
# The number is an integer of ours: `ts_stat` takes the text of a query, and no parameters.
_COUNT = """
WITH counted AS MATERIALIZED (
    SELECT word, ndoc FROM ts_stat(
        'SELECT spelt FROM search_entry WHERE band < 2 AND spelt IS NOT NULL AND zone_id = {zone}'
    ) WHERE word ~ '^[a-z]{{{shortest},{longest}}}$'
), gone AS (
    DELETE FROM search_word_count AS former WHERE zone_id = {zone}
        AND NOT EXISTS (SELECT FROM counted WHERE counted.word = former.word)
), new AS (
    INSERT INTO search_word (word) SELECT word FROM counted ON CONFLICT DO NOTHING
)
INSERT INTO search_word_count AS known (word, zone_id, objects)
SELECT word, {zone}, ndoc FROM counted
ON CONFLICT (word, zone_id) DO UPDATE SET objects = excluded.objects
    WHERE known.objects <> excluded.objects
"""
_NOBODYS = text(
    "DELETE FROM search_word w WHERE NOT EXISTS"
    " (SELECT FROM search_word_count c WHERE c.word = w.word)"
)
# One counts at a time, so that no word goes that another has just found: a number of our own.
_ALONE = text("SELECT pg_advisory_xact_lock(hashtext('search dictionaries'))")


def mark_stale(session: Session, zone_ids: Collection[int]) -> None:
    """Have the dictionaries of zones counted anew, since texts have changed there."""
    if not zone_ids:
        return
    rows = [{"zone_id": zone_id, "is_stale": True} for zone_id in sorted(set(zone_ids))]
    session.execute(
        insert(SearchDictionary)
        .values(rows)
        .on_conflict_do_update(
            index_elements=["zone_id"], set_={"is_stale": True}, where=~SearchDictionary.is_stale
        )
    )


def forget_words(session: Session, zone_id: int | None = None) -> None:
    """Forget the words of a zone, or of all, until they are counted anew: something was erased."""
    session.execute(_ALONE)
    words = delete(SearchWordCount)
    known = update(SearchDictionary).values(is_stale=True)
    if zone_id is not None:
        words = words.where(SearchWordCount.zone_id == zone_id)
        known = known.where(SearchDictionary.zone_id == zone_id)
    session.execute(words)
    session.execute(_NOBODYS)
    session.execute(known)


def due_dictionaries(session: Session, *, at: datetime) -> list[int]:
    """The zones whose dictionaries are to be counted now."""
    pause = SearchDictionary.took_ms * text(f"interval '{_PAUSES} milliseconds'")
    rested = or_(
        SearchDictionary.made_at.is_(None),
        and_(
            SearchDictionary.made_at < at - _LEAST_PAUSE,
            SearchDictionary.made_at + pause < at,
        ),
    )
    began, made = SearchDictionary.begun_at, SearchDictionary.made_at
    broken = and_(began < at - _GIVEN_UP, or_(made.is_(None), made < began))
    due = or_(and_(SearchDictionary.is_stale, rested), broken)
    query = select(SearchDictionary.zone_id).where(due).order_by(SearchDictionary.zone_id)
    return list(session.scalars(query))


def count_words(database: Database, zone_id: int) -> bool:
    """Count the dictionary of a zone anew; True. Idempotent, and holds nobody up.

    What changes meanwhile is counted the next time.
    """
    own = SearchDictionary.zone_id == zone_id
    with database.transaction(SYSTEM) as tx:
        tx.session.execute(
            update(SearchDictionary).where(own).values(is_stale=False, begun_at=tx.now)
        )
    begun = time.monotonic()
    count = _COUNT.format(zone=int(zone_id), shortest=SHORTEST, longest=LONGEST)
    with database.transaction(SYSTEM) as tx:
        tx.session.execute(_ALONE)
        tx.session.connection().exec_driver_sql(count)
        tx.session.execute(_NOBODYS)
        took = round(1000 * (time.monotonic() - begun))
        done = update(SearchDictionary).where(own).values(made_at=tx.now, took_ms=took)
        tx.session.execute(done)
    return True
