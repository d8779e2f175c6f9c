"""The fingerprint of the server's key: another key is refused, a rotation is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, text

from consultazione.bad_setting import BadSetting
from consultazione.config import Settings
from consultazione.core.db import Database
from consultazione.keys.installation import Installation, fingerprint
from consultazione.keys.server_key import require_known_key
from tests.support.superuser import all_mighty

FIRST, SECOND, THIRD = "1" * 32, "2" * 32, "3" * 32


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """The test's transaction, in the name of a role that may do more than the application's."""
    with all_mighty(engine) as connection:
        yield connection


def start(settings: Settings, database: Database, key: str, *earlier: str) -> None:
    """What a process does with its key when it starts."""
    require_known_key(replace(settings, secret_key=key, earlier_secret_keys=earlier), database)


def stored(database: Database) -> str:
    with database.snapshot() as session:
        return session.get_one(Installation, 1).key_fingerprint


def test_the_first_key_is_noted_and_another_one_is_refused(
    settings: Settings, database: Database
) -> None:
    start(settings, database, FIRST)
    start(settings, database, FIRST)
    with pytest.raises(BadSetting, match="EARLIER_SECRET_KEYS"):
        start(settings, database, SECOND)
    with pytest.raises(BadSetting):
        start(settings, database, SECOND, THIRD)
    assert stored(database) == fingerprint(FIRST)


def test_a_rotation_is_known_by_the_earlier_key_once(
    settings: Settings, database: Database
) -> None:
    start(settings, database, FIRST)
    start(settings, database, SECOND, THIRD, FIRST)
    assert stored(database) == fingerprint(SECOND)
    start(settings, database, SECOND)
    with pytest.raises(BadSetting):
        start(settings, database, FIRST)


def test_a_fingerprint_is_short_and_no_plain_digest_of_the_key() -> None:
    own = fingerprint(FIRST)
    assert len(own) == 16
    assert own != fingerprint(SECOND)


def test_an_old_schema_is_named(
    settings: Settings, database: Database, connection: Connection
) -> None:
    connection.execute(text("DROP TABLE installation"))
    with pytest.raises(BadSetting, match="consultazione migrate"):
        start(settings, database, FIRST)
