"""Counts the words of a zone for the search, beside the dispatcher, which would wait for it."""

from __future__ import annotations

from consultazione.core.db import Database
from consultazione.search.indexing.dictionary import count_words

REMINDER = "count_words"


def count(database: Database, zone_id: int) -> bool:
    """Count the dictionary of a zone anew; True. Idempotent."""
    return count_words(database, zone_id)
