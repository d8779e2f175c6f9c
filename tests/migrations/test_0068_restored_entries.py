"""0068: entries of an archive are put back into an empty log, and into no other."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.support.scratch_database import scratch_database

_ENTRY = (
    '[{"position": 41, "stream": "zone:1", "number": 1, "kind": "zone.set_up", "data": "null",'
    ' "actor_id": null, "at": "2018-01-01T00:00:00Z", "salt": "", "digest": "00",'
    ' "prev_digest": "00"}]'
)
_RESTORE = f"SELECT restore_log_entries('{_ENTRY}'::json)".replace(":1", "\\:1").replace(
    ":0", "\\:0"
)


def test_an_entry_comes_back_once_and_new_ones_follow(engine: Engine) -> None:
    with scratch_database(engine, "restored_entries") as scratch:
        scratch.upgrade("0068")
        scratch.run(_RESTORE)
        assert scratch.rows()["log_entry"][0]["position"] == 41
        with pytest.raises(DBAPIError, match="restored into an empty one"):
            scratch.run(_RESTORE)
        following = text("SELECT nextval(pg_get_serial_sequence('log_entry', 'position'))")
        with scratch.engine.connect() as connection:
            assert connection.scalar(following) == 42
        scratch.downgrade("0065")
        assert len(scratch.rows()["log_entry"]) == 1
