"""0031: entries are found by stream and proposals by table; what was there before comes back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

INDEXES = """SELECT array_agg(indexname::text ORDER BY indexname) FROM pg_indexes
    WHERE indexname IN ('ix_log_entry_kind_position', 'ix_log_entry_stream_kind',
        'ix_log_entry_stream_position', 'ix_proposal_table_id')"""
NEW = ["ix_log_entry_stream_kind", "ix_log_entry_stream_position", "ix_proposal_table_id"]


def test_the_indexes_come_and_go_and_the_rows_stay(old: Scratch) -> None:
    old.upgrade("0030")
    before = old.rows()
    old.upgrade("0031")
    assert old.value(INDEXES) == NEW
    assert old.rows() == before
    old.downgrade("0030")
    assert old.value(INDEXES) == ["ix_log_entry_kind_position"]
    assert old.rows() == before
