"""0053: what was frozen before gets its numbers, in the order of approval, by year in Italy."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_HEX = "repeat('a', 64)"
# Three more sittings with their minutes. The last one, by the clock of Italy, is of 2019.
_APPROVED = (
    """INSERT INTO sitting (id, table_id, title, place, starts_at, state, convened_at, opened_at,
        demo, revision) OVERRIDING SYSTEM VALUE
        SELECT n, table_id, title, place, starts_at, state, convened_at, opened_at, demo, revision
        FROM sitting, generate_series(2, 4) n WHERE sitting.id = 1""",
    f"""INSERT INTO minutes (id, sitting_id, state, facts, document, digest, pdf_sha256, version,
        composed_at, approved_at, approved_by) OVERRIDING SYSTEM VALUE
        SELECT n, n, 'published', '{{}}', '{{}}', {_HEX}, {_HEX}, 1, at::timestamptz,
        at::timestamptz, 1
        FROM (VALUES (2, '2018-04-02 10:00+00'), (3, '2018-03-02 10:00+00'),
              (4, '2018-12-31 23:30+00')) AS given (n, at)""",
    f"""INSERT INTO outcome (id, table_id, minutes_id, state, rule, document, digest, opened_at)
        OVERRIDING SYSTEM VALUE
        VALUES (1, 1, 2, 'signing', 'all_answered', '{{}}', {_HEX}, '2018-05-02 10:00+00')""",
)
_ROWS = """SELECT string_agg(concat_ws(' ', kind, object_id, number || '/' || year,
    left(file_digest, 1), registered_by), ', ' ORDER BY id) FROM registered_document"""


def test_there_and_back(old: Scratch) -> None:
    old.upgrade("0052b")
    old.run(*_APPROVED)
    before = old.rows()
    old.upgrade("0053")
    told = "minutes 3 1/2018 a 1, minutes 2 2/2018 a 1, minutes 4 1/2019 a 1, outcome 1 1/2018"
    assert old.value(_ROWS) == told
    counted = "SELECT string_agg(concat(kind, year, ':', last), ' ' ORDER BY kind, year)"
    assert old.value(f"{counted} FROM register_counter") == (
        "minutes2018:2 minutes2019:1 outcome2018:1"
    )
    old.downgrade("0052b")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        "SET number = 1 WHERE number = 2",
        "SET object_id = 3 WHERE number = 2",
        "SET number = 0 WHERE number = 2",
        "SET annulled_at = now() WHERE number = 2",
        "SET annulled_by = 1 WHERE number = 2",
    ],
)
def test_what_the_database_refuses(old: Scratch, wrong: str) -> None:
    old.upgrade("0052b")
    old.run(*_APPROVED)
    old.upgrade("0053")
    with pytest.raises(IntegrityError):
        old.run(f"UPDATE registered_document {wrong}")
