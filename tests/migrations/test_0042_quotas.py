"""0042: quotas of speaking time; lists of speakers of before have none."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_LIST = """INSERT INTO speakers_list (sitting_id, ordering, placed{})
    SELECT id, 'first_come', '[]'{} FROM sitting WHERE id = (SELECT min(id) FROM sitting)"""


def test_lists_of_before_have_no_quota(old: Scratch) -> None:
    old.upgrade("0041")
    old.run("DELETE FROM speakers_list", _LIST.format("", ""))
    before = old.rows()
    old.upgrade("0042")
    assert old.value("SELECT quotas::text || quota_scope FROM speakers_list") == "{}sitting"
    old.run("""UPDATE speakers_list SET quotas = '{"union": 60}', quota_scope = 'point'""")
    old.downgrade("0041")
    assert old.rows() == before


@pytest.mark.parametrize("scope", ["'for ever'", "NULL"])
def test_what_the_database_refuses(old: Scratch, scope: str) -> None:
    old.upgrade("0042")
    old.run("DELETE FROM speakers_list")
    with pytest.raises(IntegrityError):
        old.run(_LIST.format(", quotas, quota_scope", f", '{{}}', {scope}"))
