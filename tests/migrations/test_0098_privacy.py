"""0098: former names of people can be forgotten, and only with their account."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_PERSON = """INSERT INTO person (id, email, display_name, demo, created_at)
    VALUES (901, NULL, 'Nuovo nome', false, now())"""
_RENAMED = """INSERT INTO revision (id, subject, subject_id, version, was, now, at)
    OVERRIDING SYSTEM VALUE VALUES
    (901, 'person', 901, 1, '{"display_name": "Anna"}', '{"display_name": "Anna Rossi"}', now())"""


def test_privacy_comes_and_goes(old: Scratch) -> None:
    old.upgrade("0097")
    before = old.rows()
    old.upgrade("0098")
    old.downgrade("0097")
    assert old.rows() == before


def test_former_names_go_with_an_account_and_only_with_it(old: Scratch) -> None:
    old.upgrade("0098")
    old.run(_PERSON, _RENAMED, "SELECT forget_former_names(901)")
    assert "Anna" not in str(old.value("SELECT was || now FROM revision WHERE id = 901"))
    old.run(
        "UPDATE person SET email = 'a@example.org' WHERE id = 901",
        'UPDATE revision SET now = \'{"display_name": "Anna"}\' WHERE id = 901',
        "SELECT forget_former_names(901)",
    )
    assert "Anna" in str(old.value("SELECT now FROM revision WHERE id = 901"))
