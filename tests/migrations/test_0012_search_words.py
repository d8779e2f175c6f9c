"""0012: proposals of before are found by their words, and their supports are counted."""

from __future__ import annotations

from tests.support.scratch_database import Scratch, only

_SUPPORT = """
INSERT INTO support (proposal_id, person_id, category, at)
SELECT proposal.id, person.id, 'citizen', now() FROM proposal, person
"""


def test_rows_of_before_get_their_words_and_their_number_of_supports(old: Scratch) -> None:
    old.upgrade("0011")
    old.run(_SUPPORT)
    before = old.rows()
    old.upgrade("0012")
    assert only(old.rows(), before) == {name: rows for name, rows in before.items() if rows}
    persons = old.value("SELECT count(*) FROM person")
    assert persons > 0
    assert old.value("SELECT min(supports) FROM proposal") == persons
    assert old.value("SELECT max(supports) FROM proposal") == persons
    assert old.value(
        "SELECT bool_and(words = to_tsvector('italian', title || ' ' || body)) FROM proposal"
    )


def test_the_way_back_leaves_the_rows_as_they_were(old: Scratch) -> None:
    old.upgrade("0011")
    old.run(_SUPPORT)
    before = old.rows()
    old.upgrade("0012")
    old.downgrade("0011")
    assert old.rows() == before
    assert "to_tsvector" in old.value(
        "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_proposal_words'"
    )
