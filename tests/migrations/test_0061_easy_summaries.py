"""0061: a document has one summary; the rest stays as it was."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_WRITTEN = f"""INSERT INTO easy_summary (zone_id, subject, object_id, body, digest, version,
    written_by, written_at) VALUES (1, 'minutes', 1, 'Facile.', 'abc', 1, 1, {WHEN})"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0060")
    before = old.rows()
    old.upgrade("0061")
    old.run(_WRITTEN)
    with pytest.raises(IntegrityError):
        old.run(_WRITTEN)
    old.downgrade("0060")
    assert old.rows() == before
