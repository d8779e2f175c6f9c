"""0014: texts of before are sealed, and opened again on the way down; what was erased stays so."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from consultazione.comments.queries import get_comment
from consultazione.core import log, migrate
from consultazione.core.log.verify import verify_stream
from consultazione.core.text_keys import TextKeys
from consultazione.embedded import schema
from consultazione.embedded.errors import CannotStart
from tests.support.keys import SECRETS
from tests.support.log_contract import tables_with
from tests.support.scratch_database import Scratch

STREAM = "table:1"
AT = datetime(2018, 3, 5, 17, tzinfo=UTC)
WORDS = {1: "Parole di uno", 2: "Parole di due", 3: None}  # the third was erased before
MANY = 1500  # more than a batch


@pytest.fixture
def commented(old: Scratch) -> Scratch:
    """Three comments as the release before stored them, the third erased; and many texts."""
    old.upgrade("0013")
    digest = log.GENESIS
    with old.engine.begin() as connection:
        for number, words in WORDS.items():
            row = _entry(number, words or "Parole di tre", digest)
            digest = row["digest"]
            connection.execute(_ADD_ENTRY, {**row, "data": json.dumps(row["data"])})
            kept = {"salt": _salt(number) if words else None, "body": words}
            connection.execute(_ADD_TEXT, {"number": number, **kept})
            connection.execute(_ADD_COMMENT, {"id": number, "body": words or ""})
        connection.execute(_ADD_HEAD, {"name": STREAM, "digest": digest})
        connection.execute(_ADD_MANY, {"many": MANY})
    return old


def test_texts_are_sealed_and_read_as_before(commented: Scratch) -> None:
    commented.upgrade("head")
    database = commented.database()
    with database.snapshot() as session:
        assert tables_with(session, "Parole") == []
        entries = log.read_stream(session, STREAM)
        assert verify_stream(session, STREAM) == []
        bodies = {number: get_comment(session, number).body for number in WORDS}
    assert [entry.event.body for entry in entries] == ["Parole di uno", "Parole di due", ""]  # type: ignore[attr-defined]
    assert bodies == {1: "Parole di uno", 2: "Parole di due", 3: ""}
    assert commented.value("SELECT count(DISTINCT leaf) FROM log_text") == MANY + 3
    assert commented.value("SELECT count(*) FROM log_text WHERE sealed IS NULL") == 1


def test_the_way_down_restores_every_text(commented: Scratch) -> None:
    before = commented.rows()
    commented.upgrade("0014")
    commented.downgrade("0013")
    assert commented.rows() == before
    commented.upgrade("0014")
    assert commented.value("SELECT count(*) FROM log_text WHERE sealed IS NULL") == 1


@pytest.mark.parametrize("row_comes_back", [False, True])
def test_what_is_erased_stays_erased_on_the_way_down(
    commented: Scratch, row_comes_back: bool
) -> None:
    commented.upgrade("0014")
    database = commented.database()
    position = commented.value("SELECT position FROM log_entry WHERE stream='table:1' AND number=1")
    sealed = commented.value(f"SELECT sealed FROM log_text WHERE position = {position}")
    commented.run(f"UPDATE log_text SET sealed = NULL WHERE position = {position}")
    with database.snapshot() as session:
        log.destroy_erased(session)
    if row_comes_back:
        with commented.engine.begin() as connection:
            back = text("UPDATE log_text SET sealed = :sealed WHERE position = :position")
            connection.execute(back, {"sealed": sealed, "position": position})
    commented.downgrade("0013")
    erased = "SELECT count(*) FROM log_text WHERE body IS NULL AND salt IS NULL"
    assert commented.value(f"{erased} AND field = 'body'") == 2
    assert commented.value("SELECT body FROM comment WHERE id = 1") == ""
    assert commented.value("SELECT body FROM comment WHERE id = 2") == "Parole di due"


def test_old_pages_go_and_keys_are_asked_for(commented: Scratch, tmp_path: Path) -> None:
    """`consultazione migrate`: the tables are written anew once; without the keys, a refusal."""
    url = commented.engine.url.render_as_string(hide_password=False)
    commented.run("ANALYZE log_text, comment")
    filenode = "SELECT pg_relation_filenode('log_text')"
    before = commented.value(filenode)
    migrate.upgrade(url, tmp_path)
    after = commented.value(filenode)
    assert after != before
    assert not commented.value("SELECT clear_copies FROM text_key_state")
    statistics = "SELECT count(*) FROM pg_stats WHERE most_common_vals::text LIKE '%Parole%'"
    assert commented.value(statistics) == 0
    migrate.upgrade(url, tmp_path)
    assert commented.value(filenode) == after
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(CannotStart, match=r"text-keys-.*SECRETS_DIR"):
        schema.migrate(url, url, tmp_path / "elsewhere")


def test_a_database_without_texts_gets_keys_of_its_own(empty: Scratch, tmp_path: Path) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    migrate.upgrade(url, tmp_path)
    migrate.upgrade(url, tmp_path)
    assert len(list(tmp_path.glob("text-keys-*[!k]"))) == 1
    shutil.rmtree(tmp_path)
    migrate.upgrade(url, tmp_path)
    with Session(empty.engine) as session:
        assert TextKeys(tmp_path).tree(session).holds(0)
    assert not list(SECRETS.glob(f"*{empty.value('SELECT id FROM text_key_state')}*"))


def _salt(number: int) -> bytes:
    return bytes([number]) * 16


def _entry(number: int, words: str, prev_digest: bytes) -> dict[str, Any]:
    """An entry as the release before wrote it."""
    data = {
        "comment_id": number, "proposal_id": 1, "table_id": 1, "mandate_id": 1,
        "category": "volunteering", "position": "neutral",
        "body": {"digest": log.text_digest(_salt(number), words)},
    }  # fmt: skip
    fields: dict[str, Any] = {
        "stream": STREAM, "number": number, "kind": "comment.written", "data": data,
        "actor_id": 2, "at": AT, "salt": _salt(number),
    }  # fmt: skip
    digest = log.chain_digest(prev_digest, log.canonical(**fields))
    return {**fields, "digest": digest, "prev_digest": prev_digest}


_ADD_ENTRY = text("""
    INSERT INTO log_entry (stream, number, kind, data, actor_id, at, salt, digest, prev_digest)
    VALUES (:stream, :number, :kind, CAST(:data AS jsonb), :actor_id, :at, :salt, :digest,
        :prev_digest)
""")
_ADD_TEXT = text("""
    INSERT INTO log_text SELECT position, 'body', :salt, :body FROM log_entry
    WHERE stream = 'table:1' AND number = :number
""")
_ADD_MANY = text("""
    WITH entry AS (
        INSERT INTO log_entry (stream, number, kind, data, at, salt, digest, prev_digest)
        SELECT 'test:1', 1, 'some.kind', '{}', at, salt, digest, prev_digest FROM log_entry LIMIT 1
        RETURNING position
    )
    INSERT INTO log_text
    SELECT entry.position, 'text ' || n, decode(md5(n::text), 'hex'), 'Parola numero ' || n
    FROM entry, generate_series(1, :many) n
""")
_ADD_COMMENT = text("""
    INSERT INTO comment (id, proposal_id, author_id, mandate_id, category, position, body, at, demo)
    VALUES (:id, 1, 2, 1, 'volunteering', 'neutral', :body, '2018-03-05 17:00+00', false)
""")
_ADD_HEAD = text("INSERT INTO log_stream VALUES (:name, 3, :digest)")
