"""Proposals that say much the same as a text, for whoever is about to write it.

Candidates are those that have one of the text's rarest stems: PostgreSQL's own statistics say how
rare each is, so that few of a hundred thousand proposals are read. What is nearest is judged by
the stems that both have, the rarer the weightier, and by the likeness of the titles.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text as SqlText
from sqlalchemy import cast, func, literal, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from consultazione.search.asking.finding import Criteria, entries, only
from consultazione.search.asking.frequencies import RARE, frequencies
from consultazione.search.asking.words import quoted
from consultazione.search.indexing.sealed_stems import stems_of
from consultazione.search.kinds import KINDS
from consultazione.search.kinds.base import Text
from consultazione.search.models import Band, SearchEntry

MOST = 5
LONGEST = 2000
# A word or two say nothing yet of what somebody is going to propose.
_FEWEST_STEMS = 2
_STEMS_ASKED = 10
_CANDIDATES = 1500
_JUDGED = 60
_ALIKE = 0.4


@dataclass(frozen=True)
class Similar:
    """A proposal that is near to a text; likeness: from 0 to 1."""

    text: Text
    likeness: float


def similar_proposals(
    session: Session, typed: str, criteria: Criteria, *, besides: int | None = None
) -> list[Similar]:
    """The proposals nearest to a text, at most five; besides: the id of one that is left out."""
    typed = typed[:LONGEST]
    stems = stems_of(session, [typed])[0]
    if len(stems) < _FEWEST_STEMS:
        return []
    often = _often(session, stems)
    weights = {stem: -math.log(often[stem]) for stem in stems}
    judged = [
        (_likeness(weights, row), row.object_id)
        for row in _candidates(session, typed, _rarest(often), criteria)
        if row.object_id != besides
    ]
    nearest = sorted((one for one in judged if one[0] >= _ALIKE), reverse=True)[:MOST]
    likeness = {number: alike for alike, number in nearest}
    texts = KINDS["proposal"].texts(session, list(likeness))
    found = [Similar(text, likeness[text.object_id]) for text in texts]
    return sorted(found, key=lambda one: one.likeness, reverse=True)


def _often(session: Session, stems: Sequence[str]) -> dict[str, float]:
    """In which share of texts each stem stands; none weighs nothing."""
    return {stem: min(share, 0.9) for stem, share in frequencies(session, stems).items()}


def _rarest(often: Mapping[str, float]) -> list[str]:
    """The rarest stems, as many as bring no more than so many candidates, but one at least."""
    ordered = sorted(often, key=lambda stem: often[stem])[:_STEMS_ASKED]
    chosen, share = ordered[:1], often[ordered[0]]
    for stem in ordered[1:]:
        share += often[stem]
        if share > RARE * _STEMS_ASKED * 2:
            break
        chosen.append(stem)
    return chosen


def _candidates(
    session: Session, typed: str, stems: Sequence[str], criteria: Criteria
) -> Sequence[Any]:
    some = cast(literal(" | ".join(map(quoted, stems)), SqlText), TSQUERY)
    found = (
        entries(Band.PROPOSALS, SearchEntry.title, SearchEntry.words)
        .where(SearchEntry.words.bool_op("@@")(some), *only(criteria, by_index=False))
        .limit(_CANDIDATES)
        .subquery()
    )
    title = func.similarity(found.c.title, literal(typed[:200]))
    nearest = (
        select(
            found.c.object_id,
            title.label("title"),
            func.tsvector_to_array(found.c.words).label("stems"),
        )
        .order_by((title + func.ts_rank(found.c.words, some)).desc())
        .limit(_JUDGED)
    )
    session.execute(text("SET LOCAL enable_seqscan = off"))
    rows = session.execute(nearest).all()
    session.execute(text("SET LOCAL enable_seqscan = on"))
    return rows


def _likeness(weights: Mapping[str, float], row: Any) -> float:
    there = set(row.stems)
    share = sum(weight for stem, weight in weights.items() if stem in there)
    return max(float(row.title), share / sum(weights.values()))
