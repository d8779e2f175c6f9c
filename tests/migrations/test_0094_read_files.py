"""0094: files of before have no text; what is read later is found, and goes on the way back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch, only

_FILE = """INSERT INTO proposal_file
    (proposal_id, file_name, media_type, size, sha256, attached_at)
    SELECT id, 'a.txt', 'text/plain', 1, repeat('a', 64), now() FROM proposal LIMIT 1"""


def test_what_is_read_in_a_file_is_found(old: Scratch) -> None:
    old.upgrade("0093")
    old.run(_FILE)
    before = old.rows()
    old.upgrade("0094")
    assert only(old.rows(), before) == only(before, before)
    old.run("UPDATE proposal_file SET text = 'Lampadine'")
    found = "SELECT words @@ to_tsquery('italian', 'lampadina') FROM proposal_file"
    assert old.value(found) is True
    old.downgrade("0093")
    assert old.rows() == before
