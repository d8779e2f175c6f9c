"""0025: a paragraph is a block with its id, its first version, its author and its origin."""

from __future__ import annotations

from operator import itemgetter

import pytest

from tests.support.scratch_database import Scratch

_WHEN = "'2018-07-01 10:00+00'"
_TAKEN = (
    f"""INSERT INTO outcome (id, table_id, minutes_id, state, rule, document, digest, opened_at,
        closed_at)
        VALUES (1, 1, 1, 'closed', 'all_answered', '{{}}', 'ab', {_WHEN}, {_WHEN})""",
    """INSERT INTO outcome_item (id, outcome_id, rank, conclusion_id, chapter_id, proposal_id, body)
        VALUES (1, 1, 1, 1, 1, 1, 'Si apra uno sportello.')""",
    f"""INSERT INTO contribution (id, chapter_id, item_id, state, reason, forwarded_at, answered_at)
        VALUES (5, 1, 1, 'taken_in', 'Serve.', {_WHEN}, {_WHEN})""",
    f"""INSERT INTO paragraph (id, chapter_id, rank, body, contribution_id, written_at, demo) VALUES
        (9, 1, 1, 'Nasce uno sportello.', 5, {_WHEN}, false),
        (10, 1, 2, 'Premessa.', NULL, {_WHEN}, true)""",
    f"""INSERT INTO log_entry (stream, number, kind, data, actor_id, at, salt, digest, prev_digest)
        VALUES ('plan:1', 1, 'contribution.taken_in', '{{"contribution_id": 5, "paragraph_id": 9}}',
        1, {_WHEN}, decode(repeat('00', 16), 'hex'), sha256('one'),
        decode(repeat('00', 32), 'hex'))""",
    "INSERT INTO log_stream (name, number, digest) VALUES ('plan:1', 1, sha256('one'))",
)


@pytest.fixture
def written(old: Scratch) -> Scratch:
    """The old sitting with a plan of two paragraphs, one of them taken in."""
    old.upgrade("0024")
    old.run(*_TAKEN)
    return old


def test_paragraphs_become_blocks_and_come_back(written: Scratch) -> None:
    before = written.rows()
    written.upgrade("0025")
    rows = written.rows()
    assert [
        (b["id"], b["kind"], b["rank"], b["version"])
        for b in sorted(rows["block"], key=itemgetter("id"))
    ] == [
        (9, "paragraph", 1, 1),
        (10, "paragraph", 2, 1),
    ]
    told = [(v["block_id"], v["body"], v["author_id"], v["contribution_id"])
            for v in sorted(rows["block_version"], key=itemgetter("id"))]  # fmt: skip
    assert told == [(9, "Nasce uno sportello.", 1, 5), (10, "Premessa.", None, None)]
    assert rows["block_origin"] == [{"block_id": 9, "contribution_id": 5}]
    written.downgrade("0024")
    assert written.rows() == before


def test_new_blocks_go_on_with_the_numbers(written: Scratch) -> None:
    written.run("SELECT setval(pg_get_serial_sequence('paragraph', 'id'), 10)")
    written.upgrade("0025")
    written.run(
        "INSERT INTO block (chapter_id, kind, rank, version, written_at, demo)"
        " VALUES (1, 'heading', 3, 1, now(), false)"
    )
    assert written.value("SELECT max(id) FROM block") == 11


def test_what_the_older_schema_cannot_hold_is_not_thrown_away(written: Scratch) -> None:
    written.upgrade("0025")
    written.run("UPDATE block SET rank = NULL, removed_at = now() WHERE id = 10")
    with pytest.raises(RuntimeError, match=r"\[10\]"):
        written.downgrade("0024")
    assert written.value("SELECT count(*) FROM block") == 2
