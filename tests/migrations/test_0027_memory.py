"""0027: what a zone keeps of its past cycles; the rows of before stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.scratch_database import Scratch

_PRIORITY = """INSERT INTO priority (id, zone_id, cycle_id, rank, title, is_need, source)
    VALUES (1, 1, 1, 1, 'Prossimità', false, 'PSSR')"""
_CYCLE = """INSERT INTO cycle (id, zone_id, first_year, last_year, opened_at)
    VALUES (7, 1, 2015, 2017, now())"""
_DOCUMENT = """INSERT INTO archive_document (zone_id, first_year, last_year, title, kind, body,
    source, text_state, recorded_at, demo)
    VALUES (1, {years}, 'Gli sportelli', 'plan', 'Comune', 'Albo', '{state}', now(), false)"""
_LINK = """INSERT INTO priority_link (zone_id, cycle_id, earlier_cycle_id, priority_id, earlier_id,
    kind, note, linked_at, demo) VALUES (1, 1, 7, {sides}, '{kind}', '', now(), false)"""
_ASSESSMENT = """INSERT INTO promise_assessment (zone_id, cycle_id, priority_id, item_id,
    fulfilment, evidence, source, assessed_at, demo)
    VALUES (1, 1, {promise}, 'done', 'x', 'y', now(), false)"""


def test_rows_of_before_stay(old: Scratch) -> None:
    old.upgrade("0026")
    before = old.rows()
    old.upgrade("0027")
    old.run(_PRIORITY, _CYCLE, _DOCUMENT.format(years="2015, 2017", state="no_file"))
    old.run(_LINK.format(sides="1, NULL", kind="new"), _ASSESSMENT.format(promise="1, NULL"))
    words = (
        "SELECT count(*) FROM archive_document WHERE words @@ to_tsquery('italian', 'sportello')"
    )
    assert old.value(words) == 1
    old.run("DELETE FROM priority_link", "DELETE FROM promise_assessment")
    old.run("DELETE FROM priority", "DELETE FROM cycle WHERE id = 7")
    old.downgrade("0026")
    assert old.rows() == before


@pytest.mark.parametrize(
    "wrong",
    [
        _DOCUMENT.format(years="2017, 2015", state="no_file"),
        _DOCUMENT.format(years="2015, 2017", state="read"),
        _LINK.format(sides="1, NULL", kind="continued"),
        _LINK.format(sides="NULL, 1", kind="new"),
        _LINK.format(sides="1, NULL", kind="dropped"),
        _LINK.format(sides="1, NULL", kind="new").replace("1, 1, 7", "1, 7, 7"),
        _ASSESSMENT.format(promise="NULL, NULL"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(old: Scratch, wrong: str) -> None:
    old.upgrade("0027")
    old.run(_PRIORITY, _CYCLE)
    with pytest.raises(IntegrityError):
        old.run(wrong)


def test_one_assessment_a_promise_and_one_link_a_pair(old: Scratch) -> None:
    old.upgrade("0027")
    old.run(_PRIORITY, _CYCLE)
    for sql in (_ASSESSMENT.format(promise="1, NULL"), _LINK.format(sides="1, NULL", kind="new")):
        old.run(sql)
        with pytest.raises(IntegrityError):
            old.run(sql)
