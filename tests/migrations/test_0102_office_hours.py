"""0102: a zone's office has a PEC and hours, and names the sites that may show its widget."""

from __future__ import annotations

from tests.support.scratch_database import Scratch


def test_zones_of_before_have_none_and_come_back_as_they_were(old: Scratch) -> None:
    old.upgrade("0100")
    before = old.rows()
    old.upgrade("0102")
    assert old.value("SELECT count(*) FROM zone WHERE frame_hosts IS NULL") == old.value(
        "SELECT count(*) FROM zone"
    )
    old.run("UPDATE zone SET contact_pec = 'a@pec.example', contact_hours = '9-12'")
    old.downgrade("0100")
    assert old.rows() == before
