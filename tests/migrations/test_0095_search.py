"""0095: the index of the search comes empty beside what is there, and goes without a trace."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_ENTRY = """INSERT INTO search_entry (kind, object_id, band, zone_id, at, title, words)
    SELECT 'table', t.id, 0, t.zone_id, now(), t.name, to_tsvector('italian_plain', t.name)
    FROM thematic_table t"""
_ASKED = "to_tsquery('italian_plain', 'citta') @@ to_tsvector('italian_plain', 'Le Città vicine')"


def test_the_index_comes_and_goes(old: Scratch) -> None:
    old.upgrade("0094")
    before = old.rows()
    old.upgrade("0095")
    assert old.value("SELECT count(*) FROM search_entry") == 0
    assert old.value(f"SELECT {_ASKED}") is True
    old.run(_ENTRY)
    assert old.value("SELECT count(*) FROM search_entry") > 0
    old.run("INSERT INTO log_cursor VALUES ('search', 1)")
    old.downgrade("0094")
    assert old.rows() == before
