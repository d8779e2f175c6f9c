"""0011: a sign-in of before counts as used at the upgrade, and then ends as any other."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_SIGN_IN = """INSERT INTO sign_in (token_digest, person_id, device, created_at, expires_at)
    VALUES (sha256('key'), 1, 'a browser', '2018-03-05 16:00+00', '2018-03-19 16:00+00')"""


def test_a_sign_in_of_before_is_kept(old: Scratch) -> None:
    old.upgrade("0010")
    old.run(_SIGN_IN)
    old.upgrade("0011")
    assert old.value("SELECT seen_at > now() - interval '1 minute' FROM sign_in") is True
    assert old.value("SELECT created_at < seen_at FROM sign_in") is True


def test_the_column_goes_and_the_sign_in_stays(old: Scratch) -> None:
    old.upgrade("0010")
    old.run(_SIGN_IN)
    before = old.rows()
    old.upgrade("0011")
    old.downgrade("0010")
    assert old.rows() == before
