"""0039: the life of a sitting; the rows of before stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_CANCEL = """UPDATE sitting SET state = 'cancelled', cancelled_at = now(), cancelled_reason = ''
    WHERE id = (SELECT min(id) FROM sitting)"""
_VERSION = """INSERT INTO sitting_version (sitting_id, revision, reason, replaced_at, change, title,
    place, starts_at) SELECT id, 0, 'Neve', now(), 'postponed', title, place, starts_at FROM sitting
    WHERE id = (SELECT min(id) FROM sitting)"""
_SECOND = """UPDATE sitting SET second_of = (SELECT min(id) FROM sitting)
    WHERE id = (SELECT max(id) FROM sitting)"""


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0038")
    before = old.rows()
    old.upgrade("0039")
    assert old.value("SELECT max(revision) FROM sitting") == 0
    old.run(_CANCEL, _VERSION, _SECOND)
    with pytest.raises(IntegrityError):
        old.downgrade("0038")
    old.run(
        "DELETE FROM sitting_version",
        "UPDATE sitting SET state = 'open', cancelled_at = NULL WHERE state = 'cancelled'",
    )
    old.downgrade("0038")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE sitting SET state = 'cancelled'",
        "UPDATE sitting SET cancelled_at = now()",
        "UPDATE agenda_point SET state = 'removed'",
        "UPDATE sitting SET state = 'forgotten'",
        f"{_VERSION}; {_VERSION}",
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0039")
    with pytest.raises(IntegrityError):
        old.run(wrong)
