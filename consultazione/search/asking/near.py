"""What is near when nothing has the words: titles that are written almost like them."""

from __future__ import annotations

from difflib import get_close_matches

from sqlalchemy import func, literal, literal_column, select, text
from sqlalchemy.orm import Session

from consultazione.search.asking.finding import Criteria, Place, only
from consultazione.search.kinds.base import plain_words
from consultazione.search.models import SearchEntry

_MOST = 10
# One wrong letter in a word of eight leaves 0.5 of its trigrams.
_LIKE = text("SET LOCAL pg_trgm.word_similarity_threshold = 0.45")
_CLOSE = 0.75


def near(session: Session, words: str, criteria: Criteria) -> list[Place]:
    """The places of the entries whose titles are nearest to the words, nearest first."""
    session.execute(_LIKE)
    likeness = func.word_similarity(literal(words), SearchEntry.title)
    query = (
        select(SearchEntry.kind, SearchEntry.object_id, SearchEntry.at, SearchEntry.band)
        .where(literal_column("search_entry.band < 2"), *only(criteria, by_index=False))
        .where(literal(words).bool_op("<%")(SearchEntry.title))
        .order_by(likeness.desc(), SearchEntry.at.desc())
        .limit(_MOST)
    )
    return [
        Place(row.band, None, row.at, row.kind, row.object_id) for row in session.execute(query)
    ]


def meant(words: str, titles: list[str]) -> str:
    """The same words as titles write them; empty if no title has them so."""
    known = {word.lower(): word.lower() for title in titles for word in plain_words(title).split()}
    said = [get_close_matches(word.lower(), known, n=1, cutoff=_CLOSE) for word in words.split()]
    guess = " ".join(
        close[0] if close else word for close, word in zip(said, words.split(), strict=True)
    )
    return guess if guess.lower() != words.lower() else ""
