"""0087: people of one name are numbered by the age of their accounts."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES ({id}, 'nobody{id}@example.org', '{name}', false, now())"""
_NAMES = {901: "Niccolò Perù", 902: "Zoe Zanardi", 903: "NICCOLO  PERU", 904: "niccolò-perù"}


def test_those_who_have_one_name_are_numbered_by_age(old: Scratch) -> None:
    old.upgrade("0086")
    for person_id, name in _NAMES.items():
        old.run(_PERSON.format(id=person_id, name=name))
    before = old.rows()
    old.upgrade("0087")
    marks = [old.value(f"SELECT name_mark FROM person WHERE id = {one}") for one in _NAMES]
    assert marks == [1, 1, 2, 3]
    assert old.value("SELECT name_key FROM person WHERE id = 904") == "niccolo peru"
    old.downgrade("0086")
    assert old.rows() == before
