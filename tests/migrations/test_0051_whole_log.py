"""0051: whoever owns the log's tables cannot empty them either; there and back."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from tests.support.scratch_database import Scratch

TABLES = ("log_entry", "log_text", "log_stream")


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0050")
    before = old.rows()
    old.upgrade("0051")
    old.downgrade("0050")
    assert old.rows() == before


@pytest.mark.parametrize("table", TABLES)
def test_its_tables_are_never_emptied(old: Scratch, table: str) -> None:
    old.upgrade("0051")
    before = old.rows()
    with pytest.raises(DBAPIError, match="the log is kept"):
        old.run(f"TRUNCATE {table} CASCADE")
    assert old.rows() == before
