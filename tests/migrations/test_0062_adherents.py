"""0062: an organisation adheres once; who was asked and answered stays as it was."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

_HEX = "repeat('a', 64)"
_SIGNED = (
    f"""INSERT INTO outcome (id, table_id, minutes_id, state, rule, document, digest, opened_at)
        OVERRIDING SYSTEM VALUE
        SELECT 9, 1, id, 'signing', 'all_answered', '{{}}', {_HEX}, {WHEN} FROM minutes LIMIT 1""",
    f"""INSERT INTO document_signature (id, document_digest, person_id, method, report, signed_at)
        OVERRIDING SYSTEM VALUE VALUES (9, {_HEX}, 1, 'reauthenticated', '{{}}', {WHEN})""",
)
_ADHERES = f"""INSERT INTO outcome_adherent (outcome_id, organisation_id, mandate_id, digest,
    method, signature_id, adhered_at)
    SELECT 9, organisation_id, id, {_HEX}, 'reauthenticated', 9, {WHEN} FROM mandate LIMIT 1"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0061")
    old.run(*_SIGNED)
    before = old.rows()
    old.upgrade("0062")
    old.run(_ADHERES)
    assert old.value("SELECT count(*) FROM outcome_adherent") == 1
    with pytest.raises(IntegrityError):
        old.run(_ADHERES)
    old.downgrade("0061")
    assert old.rows() == before
