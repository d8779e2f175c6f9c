"""0052: passkeys, copies to be signed and signatures; answers given before have none."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_SIGNATURE = f"""INSERT INTO document_signature
    (document_digest, person_id, method, report, signed_at)
    SELECT 'digest', min(id), 'reauthenticated', '{{}}', {WHEN} FROM person"""
_PASSKEY = f"""INSERT INTO passkey (person_id, credential_id, public_key, uses, label, added_at)
    SELECT min(id), 'x', 'y', 0, 'Telephone', {WHEN} FROM person"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0051")
    before = old.rows()
    old.upgrade("0052")
    assert old.value("SELECT count(signature_id) FROM outcome_party") == 0
    old.run(_SIGNATURE, _PASSKEY)
    old.downgrade("0051")
    assert old.rows() == before


def test_a_passkey_is_one_persons(old: Scratch) -> None:
    old.upgrade("0052")
    old.run(_PASSKEY)
    with pytest.raises(IntegrityError):
        old.run(_PASSKEY)
