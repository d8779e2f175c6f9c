"""0016: mandates of before count as confirmed, and none that nobody confirmed counts before."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

PROPOSED = (
    "INSERT INTO mandate (id, person_id, organisation_id, act, starts_on, given_at, given_by)"
    " VALUES (2, 2, 1, 'delibera 2', '2018-01-01', now(), 1)"
)


def test_a_mandate_of_before_counts_as_confirmed_when_it_was_given(old: Scratch) -> None:
    old.upgrade("0015")
    (before,) = old.rows()["mandate"]
    old.upgrade("0016")
    (after,) = old.rows()["mandate"]
    assert after == {
        **before,
        "given_by": None,
        "confirmed_at": before["given_at"],
        "confirmed_by": None,
        "ended_at": None,
    }


def test_nobody_is_their_own_second_person(old: Scratch) -> None:
    old.upgrade("0016")
    old.run(PROPOSED)
    for own in ("given_by", "person_id"):
        with pytest.raises(IntegrityError, match="ck_mandate_second"):
            old.run(f"UPDATE mandate SET confirmed_by = {own} WHERE given_by IS NOT NULL")


def test_a_role_counts_at_a_table_of_its_zone_alone(old: Scratch) -> None:
    old.upgrade("0016")
    with pytest.raises(IntegrityError, match="fk_role_grant_table_id_zone_id"):
        old.run(
            "INSERT INTO zone SELECT * FROM jsonb_populate_record(NULL::zone, (SELECT to_jsonb(z)"
            ' FROM zone z LIMIT 1) || \'{"id": 99, "slug": "altrove"}\');'
            "INSERT INTO role_grant (person_id, role, zone_id, table_id, given_at)"
            " VALUES (1, 'facilitator', 99, 1, now())"
        )


def test_on_the_way_down_rehearsals_are_counted_after_the_running_one(old: Scratch) -> None:
    old.upgrade("0016")
    old.run(
        "UPDATE sitting SET state = 'convened', opened_at = NULL",
        "INSERT INTO sitting SELECT r.* FROM sitting s, jsonb_populate_record(NULL::sitting,"
        ' to_jsonb(s) || \'{"id": 5000000000000000, "rehearses": 1}\') r',
    )
    old.downgrade("0010")
    assert old.value("SELECT nextval('rehearsal_number')") == 5000000000000001


def test_on_the_way_down_a_mandate_that_waits_is_decided_on_first(old: Scratch) -> None:
    old.upgrade("0015")
    before = old.rows()
    old.upgrade("0016")
    old.run(PROPOSED)
    with pytest.raises(RuntimeError, match="second person"):
        old.downgrade("0015")
    old.run("UPDATE mandate SET ended_at = now() WHERE confirmed_at IS NULL")
    old.downgrade("0015")
    assert old.rows() == before
