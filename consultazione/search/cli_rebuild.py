"""`consultazione search rebuild`: makes the whole index again, and says how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from consultazione.config import Settings
from consultazione.core.actor import SYSTEM
from consultazione.core.db import Database, closed_afterwards, open_database
from consultazione.core.text_keys import TextKeys
from consultazione.search.indexing.dictionary import count_words
from consultazione.search.indexing.file_texts import keep_text, text_of, unread
from consultazione.search.indexing.rebuilding import rebuild
from consultazione.search.kinds import KINDS
from consultazione.search.models import SearchDictionary


def main(settings: Settings, kinds: Sequence[str]) -> int:
    """Rebuild these kinds, or all; exit status 0, or 2 for a kind that there is not.

    Files of materials that were never read are read too. Searches and everything else go on.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        print(f"There is no kind {unknown[0]}; there are {', '.join(KINDS)}.")
        return 2
    keys = TextKeys(settings.secrets_dir)
    database = open_database(settings.require_database_url(), pool_size=2, text_keys=keys)
    with closed_afterwards(database):
        if not kinds or "material" in kinds:
            _read_files(database, settings.uploads_dir)
        done = rebuild(database, kinds, tell=_tell)
        with database.snapshot() as session:
            zones = list(session.scalars(select(SearchDictionary.zone_id)))
        for zone_id in zones:
            count_words(database, zone_id)
    print(f"The index of the search is made again: {done} objects were read.")
    return 0


def _read_files(database: Database, uploads: Path) -> None:
    after, done = 0, 0
    while True:
        with database.transaction(SYSTEM) as tx:
            found = unread(tx.session, after=after, limit=1)
            for material in found:
                keep_text(tx, material, text_of(material, uploads) or "")
        if not found:
            break
        after, done = found[0].id, done + 1
        print(f"\rfiles {done:>9}", end="", flush=True)
    if done:
        print()


def _tell(kind: str, done: int, of: int) -> None:
    share = 100 * done // of if of else 100
    end = "\n" if done >= of else ""
    print(f"\r{kind:<10} {done:>9} of {of:>9} {share:>3}%", end=end, flush=True)
