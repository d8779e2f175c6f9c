"""0059b: an organisation still votes once in a poll, and persons' ballots leave its index."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_INDEX = "SELECT indexdef FROM pg_indexes WHERE indexname = 'uq_ballot_poll_id_organisation_id'"


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0059")
    before = old.rows()
    old.upgrade("0059b")
    assert old.rows() == before
    made = str(old.value(_INDEX))
    assert "UNIQUE" in made
    assert "organisation_id IS NOT NULL" in made
    old.downgrade("0059")
    assert old.rows() == before
    assert "WHERE" not in str(old.value(_INDEX))
