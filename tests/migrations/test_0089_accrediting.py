"""0089: who decides on an application has not asked for it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES ({id}, 'nobody{id}@example.org', 'Zoe Zanardi', false, now())"""
_APPLICATION = """INSERT INTO organisation_application (zone_id, cycle_id, person_id, name,
    category, office, note, table_ids, file_name, media_type, size, sha256, asked_at, state,
    reason, decided_by)
    SELECT zone_id, min(id), 901, 'Auser', 'aps', 'Presidente', '', '{{}}', 'a.pdf',
    'application/pdf', 1, 'abc', now(), '{state}', {reason}, {by} FROM cycle GROUP BY zone_id
    LIMIT 1"""


def test_an_application_is_decided_by_somebody_else_and_goes_with_the_schema(old: Scratch) -> None:
    old.upgrade("0088")
    old.run(_PERSON.format(id=901))
    before = old.rows()
    old.upgrade("0089")
    old.run(_APPLICATION.format(state="asked", reason="NULL", by="NULL"))
    with pytest.raises(IntegrityError, match="ck_organisation_application_second"):
        old.run(_APPLICATION.format(state="refused", reason="'No'", by="901"))
    with pytest.raises(IntegrityError, match="uq_organisation_application_asked"):
        old.run(_APPLICATION.format(state="asked", reason="NULL", by="NULL"))
    old.downgrade("0088")
    assert old.rows() == before
