"""0091: amendments and co-signers of a proposal of before, and the way back."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_AMENDMENT = """INSERT INTO proposal_amendment
    (proposal_id, version, author_id, category, part, old, new, reason, at, state)
    SELECT id, 1, author_id, 'citizen', 'body', body, 'Altro.', 'Meglio', now(), '{state}'
    FROM proposal LIMIT 1"""
_INVITED = """INSERT INTO proposal_cosigner (proposal_id, person_id, state, invited_at)
    SELECT id, author_id, 'invited', now() FROM proposal LIMIT 1"""


def test_an_amendment_waits_or_has_its_answer_and_nobody_is_invited_twice(old: Scratch) -> None:
    old.upgrade("0090")
    before = old.rows()
    old.upgrade("0091")
    old.run(_AMENDMENT.format(state="pending"), _INVITED)
    for wrong in (_AMENDMENT.format(state="accepted"), _INVITED):
        with pytest.raises(IntegrityError):
            old.run(wrong)
    old.downgrade("0090")
    assert old.rows() == before
