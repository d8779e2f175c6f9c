"""0013: a secret poll of before keeps to the server's key; none of before was annulled."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.old_rows import WHEN
from tests.support.scratch_database import Scratch

SECRET_POLL = f"""INSERT INTO poll (id, sitting_id, kind, question, state, opened_at, rules)
    OVERRIDING SYSTEM VALUE
    VALUES (90, 1, 'yes_no_abstain', 'Chi mandiamo?', 'open', {WHEN}, '{{"secret": true}}')"""
CLOSE_OTHERS = "UPDATE poll SET state = 'closed'"
SALT = "INSERT INTO poll_seal_salt (poll_id, salt) VALUES (90, repeat('s', 32)::bytea)"
ANNUL = "UPDATE poll SET state = 'annulled', annulled_because = 'key_lost' WHERE id = 90"


def test_a_secret_poll_of_before_keeps_to_the_servers_key(old: Scratch) -> None:
    old.upgrade("0012")
    old.run(CLOSE_OTHERS, SECRET_POLL, SALT)
    old.upgrade("0013")
    assert old.value("SELECT has_own_key FROM poll_seal_salt") is False
    assert old.value("SELECT count(*) FROM poll WHERE annulled_because IS NOT NULL") == 0
    with pytest.raises(IntegrityError):  # whoever opens a poll says where its key is
        old.run("INSERT INTO poll_seal_salt (poll_id, salt) SELECT id, '' FROM poll WHERE id < 90")


def test_a_poll_is_annulled_for_a_reason_that_is_known(old: Scratch) -> None:
    old.upgrade("0013")
    old.run(CLOSE_OTHERS, SECRET_POLL, ANNUL)
    with pytest.raises(IntegrityError):
        old.run("UPDATE poll SET annulled_because = 'disliked'")


def test_an_installation_has_one_row(old: Scratch) -> None:
    old.upgrade("0013")
    old.run("INSERT INTO installation VALUES (1, 'aa')")
    with pytest.raises(IntegrityError):
        old.run("INSERT INTO installation VALUES (2, 'bb')")


def test_the_way_down_loses_nothing_of_before(old: Scratch) -> None:
    old.upgrade("0012")
    old.run(CLOSE_OTHERS, SECRET_POLL, SALT)
    before = old.rows()
    old.upgrade("0013")
    old.downgrade("0012")
    assert old.rows() == before


@pytest.mark.parametrize("step", [ANNUL, "UPDATE poll_seal_salt SET has_own_key = true"])
def test_there_is_no_way_down_for_what_the_older_program_cannot_read(
    old: Scratch, step: str
) -> None:
    old.upgrade("0012")
    old.run(CLOSE_OTHERS, SECRET_POLL, SALT)
    old.upgrade("0013")
    old.run(step)
    before = old.rows()
    with pytest.raises(RuntimeError, match="annulled"):
        old.downgrade("0012")
    assert old.rows() == before
