"""0019: the roles of before come from nobody known, and count as those of the platform."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_ROLE = """INSERT INTO role_grant (person_id, role, zone_id, given_at)
    SELECT max(person.id), 'plan_office', max(zone.id), now() FROM person, zone"""


def test_a_role_of_before_has_no_backers_and_stays(old: Scratch) -> None:
    old.upgrade("0018")
    old.run("DELETE FROM role_grant", _ROLE)
    before = old.rows()
    old.upgrade("0019")
    assert old.value("SELECT backers FROM role_grant") == []
    old.downgrade("0018")
    assert old.rows() == before
