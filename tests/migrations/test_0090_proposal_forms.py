"""0090: proposals of before are found by their words as before; drafts go on the way back."""

from __future__ import annotations

from tests.support.scratch_database import Scratch, only

_DRAFT = """INSERT INTO proposal_draft (person_id, cycle_id, answers, version, begun_at, saved_at)
    SELECT person.id, cycle.id, '{"title": "A"}', 1, now(), now() FROM person, cycle LIMIT 1"""


def test_proposals_of_before_keep_their_words_both_ways(old: Scratch) -> None:
    old.upgrade("0089b")
    before = old.rows()
    old.upgrade("0090")
    assert only(old.rows(), before) == only(before, before)
    assert old.value("SELECT count(*) FROM proposal WHERE need IS NOT NULL") == 0
    old.run(_DRAFT, "UPDATE proposal SET effect = 'Una lampadina'")
    assert old.value("SELECT bool_and(words @@ to_tsquery('italian', 'lampadine')) FROM proposal")
    old.downgrade("0089b")
    assert old.rows() == before
