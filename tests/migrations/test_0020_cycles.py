"""0020: what belonged to a zone belongs to its one cycle, which has the zone's number."""

from __future__ import annotations

import pytest

from tests.support.scratch_database import Scratch

_MORE = (
    """INSERT INTO act (id, zone_id, kind, title, on_day, body, source, demo)
        VALUES (1, 1, 'council_vote', 'Voto', '2018-07-30', 'Consiglio', 'albo', false)""",
    """INSERT INTO phase (id, zone_id, kind, rank, title, description, closing_act_id, demo)
        VALUES (1, 1, 'approval', 1, 'Approvazione', '', 1, false)""",
    """INSERT INTO priority (id, zone_id, rank, title, is_need, source)
        VALUES (1, 1, 1, 'Prossimità', false, 'PSSR')""",
)
_LATER = """INSERT INTO cycle (zone_id, first_year, last_year, opened_at)
    VALUES (1, 2025, 2027, now())"""
_TABLES = ("act", "chapter", "phase", "priority", "thematic_table")


def test_everything_of_a_zone_lies_in_its_cycle(old: Scratch) -> None:
    old.upgrade("0019")
    old.run(*_MORE)
    before = old.rows()
    old.upgrade("0020")
    years = "SELECT first_year || '-' || last_year FROM cycle WHERE id = 1 AND zone_id = 1"
    assert old.value(years) == "2018-2020"
    for table in _TABLES:
        assert old.value(f"SELECT min(cycle_id) FROM {table}") == 1
    old.run(_LATER)
    assert old.value("SELECT max(id) FROM cycle") == 2
    old.run("DELETE FROM cycle WHERE id = 2")
    old.downgrade("0019")
    assert old.rows() == before


def test_no_cycle_is_thrown_away_on_the_way_down(old: Scratch) -> None:
    old.upgrade("0020")
    old.run(_LATER)
    with pytest.raises(RuntimeError, match="several cycles"):
        old.downgrade("0019")
    assert old.value("SELECT count(*) FROM cycle") == 2
