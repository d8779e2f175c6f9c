"""0088: an invitation that is settled keeps no address."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_INVITATION = """INSERT INTO invitation (zone_id, email, state, invited_at)
    SELECT min(id), 'a@example.org', '{state}', now() FROM zone"""


def test_whom_nobody_answered_is_forgotten_when_the_schema_goes_back(old: Scratch) -> None:
    old.upgrade("0087")
    before = old.rows()
    old.upgrade("0088")
    old.run(_INVITATION.format(state="open"))
    with pytest.raises(IntegrityError, match="ck_invitation_forgotten"):
        old.run(_INVITATION.format(state="withdrawn"))
    old.downgrade("0087")
    assert old.rows() == before
