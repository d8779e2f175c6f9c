"""0105b: what was indexed before is read again, and stays as it was going back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_ENTRY = """INSERT INTO search_entry (kind, object_id, band, zone_id, at, title, words)
    SELECT 'proposal', 1, 1, id, now(), 'Città', to_tsvector('italian_plain', 'Città')
    FROM zone LIMIT 1"""


def test_what_was_indexed_is_read_again(old: Scratch) -> None:
    old.upgrade("0105")
    old.run(_ENTRY)
    assert old.value("SELECT stale FROM search_entry") is False
    old.upgrade("0105b")
    assert old.value("SELECT stale FROM search_entry") is True
    assert old.value("SELECT to_tsvector('spelt_plain', 'Le città')::text") == "'citta':2 'le':1"
    old.downgrade("0105")
    assert old.value("SELECT words::text FROM search_entry") == "'citt':1"
