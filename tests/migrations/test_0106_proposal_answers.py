"""0106: proposals have evaluators, private notes and prepared answers."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_DRAFT = """INSERT INTO proposal_answer_draft
    (proposal_id, verdict, body, version, revision, is_ready, written_by, at)
    SELECT min(proposal.id), {verdict}, 'Because.', 1, 1, {ready}, min(author_id), now()
    FROM proposal"""


def test_it_can_be_taken_back_and_what_is_ready_says_what_becomes_of_it(old: Scratch) -> None:
    old.upgrade("0105b")
    before = old.rows()
    old.upgrade("0106")
    with pytest.raises(IntegrityError, match="ck_proposal_answer_draft_ready"):
        old.run(_DRAFT.format(verdict="NULL", ready="true"))
    old.run(_DRAFT.format(verdict="NULL", ready="false"))
    old.downgrade("0105b")
    assert old.rows() == before
