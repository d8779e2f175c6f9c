"""Searching proposals by words."""

from __future__ import annotations

from sqlalchemy import text

from consultazione.proposals.models import WORDS
from tests.support.factories import Factory


def test_words_are_looked_up_in_the_index(make: Factory) -> None:
    make.proposal(title="Sportello", body="Uno in ogni Comune.")
    query = f"SELECT id FROM proposal WHERE {WORDS} @@ websearch_to_tsquery('italian', 'comune')"
    with make.session() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(session.scalars(text(f"EXPLAIN {query}")))
    assert "ix_proposal_words" in plan
