"""0059: what an order left of a document has the digest that the log says last."""

from __future__ import annotations

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_DOCUMENT = """INSERT INTO registered_document (id, zone_id, kind, year, number, object_id, version,
    digest, content, registered_at) OVERRIDING SYSTEM VALUE
    VALUES ({0}, 1, 'notice', 2018, {0}, {0}, 1, 'first', '{{}}', """
_REDACTED = """INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
    SELECT 'register:1', {0}, 'document.redacted',
        '{{"registration_id": 2, "digest": "left {0}"}}', at, salt, digest, prev_digest
    FROM log_entry LIMIT 1"""
_FOUND = """SELECT string_agg(id || ' ' || coalesce(redacted_digest, 'none'), ', ' ORDER BY id)
    FROM registered_document"""
_INDEXES = """SELECT count(*) FROM pg_indexes WHERE indexname IN ('ix_registered_document_digest',
    'ix_registered_document_redacted_digest', 'ix_registered_document_file_digest')"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0058b")
    old.run(*(_DOCUMENT.format(n) + f"{WHEN})" for n in (1, 2)))
    old.run(*(_REDACTED.format(n) for n in (9, 10)))
    before = old.rows()
    old.upgrade("0059")
    assert old.value(_FOUND) == "1 none, 2 left 10"
    assert old.value(_INDEXES) == 3
    old.downgrade("0058b")
    assert old.rows() == before
    assert old.value(_INDEXES) == 0
