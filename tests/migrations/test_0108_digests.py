"""0108: a proposal of before gets a digest, one at most, and the way back."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_DIGEST = """INSERT INTO discussion_digest (proposal_id, number, comments, made_at, sentences)
    SELECT id, 1, 15, now(), '[]' FROM proposal LIMIT 1"""


def test_a_proposal_has_one_digest(old: Scratch) -> None:
    old.upgrade("0107")
    before = old.rows()
    old.upgrade("0108")
    old.run(_DIGEST)
    with pytest.raises(IntegrityError, match="pk_discussion_digest"):
        old.run(_DIGEST)
    old.downgrade("0107")
    assert old.rows() == before
