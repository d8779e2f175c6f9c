"""0021: a zone can belong to a territory, whose coordinator reads and edits nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_TERRITORY = """INSERT INTO territory
    (slug, name, kind, region, lead_body, presentation, demo, created_at)
    VALUES ('provincia', 'Provincia', '{kind}', 'Emilia-Romagna', 'Provincia', '', false, now())"""


def test_no_zone_has_a_territory_and_no_draft_is_shared(old: Scratch) -> None:
    old.upgrade("0020")
    before = old.rows()
    old.upgrade("0021")
    assert old.value("SELECT count(*) FROM zone WHERE territory_id IS NULL") == old.value(
        "SELECT count(*) FROM zone"
    )
    assert old.value("SELECT count(*) FROM zone WHERE shares_drafts") == 0
    old.run(_TERRITORY.format(kind="province"))
    old.run("UPDATE zone SET territory_id = (SELECT id FROM territory)")
    old.downgrade("0020")
    assert old.rows() == before


def test_a_territory_is_of_a_known_kind(old: Scratch) -> None:
    old.upgrade("0021")
    with pytest.raises(IntegrityError):
        old.run(_TERRITORY.format(kind="village"))
