"""0037: what stands is version 1 of itself, and supports were given to it."""

from __future__ import annotations

import pytest

from tests.support.scratch_database import Scratch

_WHEN = "'2018-03-05 17:00+00'"
_ROWS = (
    """INSERT INTO support (proposal_id, person_id, category, at)
        VALUES (1, 1, 'citizen', '2018-03-06 17:00+00')""",
    f"""INSERT INTO proposal (id, table_id, author_id, category, title, body, state, submitted_at,
        decided_at, demo, supports)
        VALUES (2, 1, 2, 'citizen', 'Un bus', 'Un testo', 'withdrawn', {_WHEN}, {_WHEN}, false, 0)
    """,
    f"""INSERT INTO comment (id, proposal_id, author_id, category, position, leaf, at, demo)
        VALUES (1, 1, 2, 'citizen', 'against', 77, {_WHEN}, false)""",
)


@pytest.fixture
def written(old: Scratch) -> Scratch:
    """The old sitting with a support, a comment and a proposal that was withdrawn."""
    old.upgrade("0036")
    old.run(*_ROWS)
    return old


def test_rows_get_their_first_version_and_come_back(written: Scratch) -> None:
    before = written.rows()
    written.upgrade("0037")
    rows = written.rows()
    texts = [(v["proposal_id"], v["number"], v["title"]) for v in rows["proposal_version"]]
    assert sorted(texts) == [(1, 1, "Uno sportello"), (2, 1, "Un bus")]
    (said,) = rows["comment_version"]
    assert (said["comment_id"], said["number"], said["position"], said["leaf"]) == (
        1, 1, "against", 77,
    )  # fmt: skip
    assert [row["version"] for row in rows["support"]] == [1]
    state = {p["id"]: (p["living"], p["version"], p["decided_version"]) for p in rows["proposal"]}
    assert state == {1: (True, 1, None), 2: (False, 1, 1)}
    written.downgrade("0036")
    assert written.rows() == before


@pytest.mark.parametrize(
    "kept",
    [
        f"""INSERT INTO proposal_version (proposal_id, number, title, body, reason, at)
            VALUES (1, 2, 'Due sportelli', 'Un testo', 'Meglio', {_WHEN})""",
        f"UPDATE comment SET withdrawn_at = {_WHEN}, withdrawn_reason = 'Basta'",
        f"""INSERT INTO proposal_file (proposal_id, file_name, media_type, size, sha256,
            attached_at) VALUES (1, 'a.pdf', 'application/pdf', 1, 'ab', {_WHEN})""",
    ],
)
def test_what_the_older_schema_cannot_hold_is_not_thrown_away(written: Scratch, kept: str) -> None:
    written.upgrade("0037")
    written.run(kept)
    with pytest.raises(RuntimeError, match="cannot hold 1 texts"):
        written.downgrade("0036")
    assert written.value("SELECT count(*) FROM proposal_version WHERE number = 1") == 2
