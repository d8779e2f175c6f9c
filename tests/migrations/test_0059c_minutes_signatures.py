"""0059c: who signed which minutes, each person once."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_SIGNATURE = f"""INSERT INTO document_signature
    (document_digest, person_id, method, report, signed_at)
    SELECT 'digest', min(id), 'reauthenticated', '{{}}', {WHEN} FROM person"""
_SIGNED = """INSERT INTO minutes_signature (minutes_id, person_id, role, signature_id)
    SELECT 1, min(person_id), '{}', max(id) FROM document_signature"""
_UNUSED = """DELETE FROM document_signature
    WHERE id NOT IN (SELECT signature_id FROM minutes_signature)"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0059b")
    old.run(_SIGNATURE)
    before = old.rows()
    old.upgrade("0059c")
    with pytest.raises(IntegrityError):
        old.run(_SIGNED.format("guest"))
    old.run(_SIGNED.format("both"))
    old.run(_SIGNATURE)
    with pytest.raises(IntegrityError):
        old.run(_SIGNED.format("chair"))
    old.run(_UNUSED)
    old.downgrade("0059b")
    assert old.rows() == before
