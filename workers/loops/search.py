"""Keeps the index of the search up to date with the log, and the dictionaries with the index."""

from __future__ import annotations

from rq import Queue

from consultazione.core import clock
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database
from consultazione.search.indexing.dictionary import due_dictionaries
from consultazione.search.indexing.following import catch_up, follow
from consultazione.search.indexing.rekeying import end_old_keys
from workers.queue import remind_of_words

_EVERY = 0.5
_NEXT_BATCH = 0.1
# Few at a time: rooms and votes come first, and a hundred entries take 20 ms at most.
_BATCH = 100
_WORDS_EVERY = 5.0


class SearchIndex:
    """What is written is found within a second; what an older version left, by and by.

    A region that changes over indexes a million comments so within an hour, unless somebody runs
    `consultazione search rebuild`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_behind = False
        self._rekeys = True

    def every(self) -> float:
        """Half a second; less while there is more to do."""
        return _NEXT_BATCH if self._is_behind else _EVERY

    def turn(self) -> None:
        """Index a batch of what the log tells; with nothing new, of what is to be read again."""
        with self._database.transaction(SYSTEM) as tx:
            told = follow(tx.session, at=tx.now, limit=_BATCH)
            again = 0 if told else catch_up(tx.session, at=tx.now, limit=_BATCH)
        self._is_behind = _BATCH in (told, again)
        if again:
            self._rekeys = True
        elif self._rekeys and not told:
            end_old_keys(self._database)
            self._rekeys = False


class SearchWords:
    """Has a worker count the words of zones in which texts have changed."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database, self._queue = database, queue

    def every(self) -> float:
        """Five seconds; each dictionary rests for longer after it was counted."""
        return _WORDS_EVERY

    def turn(self) -> None:
        """Remind a worker of each that is due."""
        with self._database.snapshot() as session:
            due = due_dictionaries(session, at=clock.now())
        for zone_id in due:
            remind_of_words(self._queue, zone_id, at=clock.now())
