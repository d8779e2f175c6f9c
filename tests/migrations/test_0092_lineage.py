"""0092: a proposal continues in another; on the way back it counts as withdrawn."""

from __future__ import annotations

from tests.support.scratch_database import Scratch

_LINEAGE = """INSERT INTO proposal_lineage (from_id, to_id, way, reason, at)
    SELECT id, id + 1, 'merged', 'Uguali', now() FROM proposal LIMIT 1"""


def test_what_continues_elsewhere_counts_as_withdrawn_on_the_way_back(old: Scratch) -> None:
    old.upgrade("0091")
    before = old.rows()
    old.upgrade("0092")
    assert old.rows() == {**before, "proposal_lineage": []}
    old.run("UPDATE proposal SET state = 'superseded'")
    old.downgrade("0091")
    assert {row["state"] for row in old.rows()["proposal"]} == {"withdrawn"}
