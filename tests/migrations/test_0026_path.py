"""0026: acts of before are in their first version; new kinds become approvals on the way back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_ACT = """INSERT INTO act (cycle_id, zone_id, kind, title, on_day, body, source, version, demo)
    SELECT id, zone_id, '{kind}', 'Intesa', '2018-07-30', 'AUSL', 'albo', 1, false FROM cycle"""


def test_acts_of_before_stay_and_new_kinds_are_admitted(old: Scratch) -> None:
    old.upgrade("0025")
    kinds = "SELECT array_agg(DISTINCT kind ORDER BY kind) FROM act"
    before, acts = old.rows(), old.value(kinds)
    old.upgrade("0026")
    assert old.value("SELECT count(*) FROM act WHERE version <> 1 OR url IS NOT NULL") == 0
    old.downgrade("0025")
    assert (old.rows(), old.value(kinds)) == (before, acts)


def test_an_act_of_a_new_kind_is_an_approval_on_the_way_back(old: Scratch) -> None:
    old.upgrade("0026")
    old.run(_ACT.format(kind="understanding"))
    old.downgrade("0025")
    assert old.value("SELECT kind FROM act WHERE title = 'Intesa'") == "approval"
