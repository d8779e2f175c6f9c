"""The append-only log: numbered streams, each a hash chain, read forward by position.

Appends are serialised: one advisory lock is taken last of all, just before COMMIT, and
PostgreSQL releases it only once the transaction is visible. So positions appear in
order, a reader that keeps "position > cursor" skips nothing, and inside a stream the
order of numbers is the order of commits. (Ordering by the transaction's xid8 below
`pg_snapshot_xmin` also skips nothing, but gives number 6 before number 5 where a
transaction that began first appends last. `make bench ONLY=log` compares the two: the
lock costs nothing on one stream, and up to three times the appends of many streams on a
slow disk, since each append then waits for its own fsync. What arrives by the hundred
is therefore committed together.)

Free text stands in `log_text` with a random salt, both sealed under a key of their own
(`core.text_keys`); the entry holds only SHA-256(salt + text). A text can be erased, its key
destroyed, and the chain still verifies. Each entry has a
salt of its own, because digests are public: anybody who knows all of an entry but a person
and a "yes" or "no" could otherwise try every possibility until the digest fits.

`models` holds the tables, `chain` the bytes and digests, `streams` what the name of a
stream says, `texts` how a text is sealed; `append`, `read` and `erase` are the three things
done with the log, `verify` recomputes it.
"""

from __future__ import annotations

from consultazione.core.log.append import append
from consultazione.core.log.chain import GENESIS, canonical, chain_digest, text_digest
from consultazione.core.log.entries import Entry, Recorded
from consultazione.core.log.erase import delete_ephemeral, erase_text, erase_texts
from consultazione.core.log.models import EntryRow, Stream, TextRow, Xid8
from consultazione.core.log.newest import newest_of_family, newest_of_kinds, newest_of_streams
from consultazione.core.log.notify import CHANNEL, listen_statement
from consultazione.core.log.read import (
    head,
    heads,
    is_kept,
    read_entries,
    read_entry,
    read_forward,
    read_latest,
    read_newest,
    read_stream,
    read_streams,
)
from consultazione.core.log.streams import EPHEMERAL_FROM, is_ephemeral, parse_stream
from consultazione.core.log.texts import destroy_erased, draw_leaves, position_of, words

__all__ = [
    "CHANNEL",
    "EPHEMERAL_FROM",
    "GENESIS",
    "Entry",
    "EntryRow",
    "Recorded",
    "Stream",
    "TextRow",
    "Xid8",
    "append",
    "canonical",
    "chain_digest",
    "delete_ephemeral",
    "destroy_erased",
    "draw_leaves",
    "erase_text",
    "erase_texts",
    "head",
    "heads",
    "is_ephemeral",
    "is_kept",
    "listen_statement",
    "newest_of_family",
    "newest_of_kinds",
    "newest_of_streams",
    "parse_stream",
    "position_of",
    "read_entries",
    "read_entry",
    "read_forward",
    "read_latest",
    "read_newest",
    "read_stream",
    "read_streams",
    "text_digest",
    "words",
]
