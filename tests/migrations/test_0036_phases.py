"""0036: phases of before are in their first version, and come back as they were."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_PHASE = """INSERT INTO phase (cycle_id, zone_id, kind, rank, title, description, starts_on, demo)
    SELECT id, zone_id, 'participation', 1, 'Percorso', '', '2018-02-05', false FROM cycle"""
_ACT = """INSERT INTO act (cycle_id, zone_id, kind, title, on_day, body, source, version, demo)
    SELECT id, zone_id, '{kind}', '{kind}', '2018-07-30', 'Ufficio di piano', 'albo', 1, false
    FROM cycle"""


def test_phases_of_before_stay_as_they_were(old: Scratch) -> None:
    old.upgrade("0035")
    old.run(_PHASE)
    before = old.rows()
    old.upgrade("0036")
    assert old.value("SELECT version FROM phase") == 1
    assert old.value("SELECT count(*) FROM zone WHERE four_eyes") == 0
    old.downgrade("0035")
    assert old.rows() == before


def test_an_act_of_a_new_kind_is_a_deliberation_on_the_way_back(old: Scratch) -> None:
    old.upgrade("0036")
    for kind in ("minutes", "determination"):
        old.run(_ACT.format(kind=kind))
    old.downgrade("0035")
    kinds = "SELECT array_agg(kind) FROM act WHERE title IN ('minutes', 'determination')"
    assert old.value(kinds) == ["deliberation", "deliberation"]
