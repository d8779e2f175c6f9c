"""0038: what rows said before, and what has ended; the rows of before stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_REVISION = """INSERT INTO revision (subject, subject_id, version, was, now, reason, at)
    VALUES ('organisation', 1, 1, '{"name": "Auser"}', '{"name": "AUSER"}', 'Refuso', now())"""


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0036")
    before = old.rows()
    old.upgrade("0038")
    old.run(_REVISION, "UPDATE organisation SET withdrawn_at = now(), withdrawn_reason = 'Chiusa'")
    assert old.value("SELECT count(*) FROM revision") == 1
    old.downgrade("0036")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE organisation SET withdrawn_at = now()",
        "UPDATE thematic_table SET closed_at = now()",
        "UPDATE material SET withdrawn_reason = 'Dati'",
    ],
)
def test_nothing_ends_without_a_reason(old: Scratch, wrong: str) -> None:
    old.upgrade("0038")
    with pytest.raises(IntegrityError, match="ck_"):
        old.run(wrong)


def test_two_changes_are_two_versions(old: Scratch) -> None:
    old.upgrade("0038")
    old.run(_REVISION)
    with pytest.raises(IntegrityError, match="uq_revision"):
        old.run(_REVISION)
