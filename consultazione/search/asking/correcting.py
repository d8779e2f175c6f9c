"""The words that were probably meant where one has a wrong letter.

A suggestion must not say more than the texts do that everybody may read at this moment, and the
dictionary may be a minute old. So it counts only if each word of it stands in a text that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from consultazione.search.asking.words import without_accents
from consultazione.search.indexing.dictionary import LONGEST
from consultazione.search.indexing.sealed_stems import stems_of
from consultazione.search.kinds.base import Text, plain_words

# A shorter word has too many neighbours; a long one may have two letters wrong.
_SHORTEST, _LONG = 5, 8
_MOST_WORDS = 4
_LOOKED_THROUGH = 20_000
_LIKE = text("SET LOCAL pg_trgm.similarity_threshold = 0.3")
_NEIGHBOURS = text(
    "SELECT typed, near.word, here.objects FROM unnest(CAST(:typed AS text[])) AS typed,"
    " LATERAL (SELECT word FROM search_word"
    "   WHERE word % typed ORDER BY similarity(word, typed) DESC LIMIT 60) AS near"
    " JOIN search_word_count AS here ON here.word = near.word AND here.zone_id = :zone_id"
)


def corrected(session: Session, words: str, *, zone_id: int) -> str:
    """The same words with those put right that nothing has; empty if there is nothing to put right.

    words: as they were understood (`Asked.words`).
    """
    said = [without_accents(word) for word in words.split()]
    wrong = [w for w in dict.fromkeys(said) if _SHORTEST <= len(w) <= LONGEST and w.isalpha()]
    better = _better(session, wrong[:_MOST_WORDS], zone_id) if wrong else {}
    if not better:
        return ""
    return " ".join(
        better.get(plain, word) for plain, word in zip(said, words.split(), strict=True)
    )


def stands_in(suggestion: str, words: str, texts: Iterable[Text]) -> bool:
    """Whether each word that was put right stands in one of some texts, as it is suggested."""
    missing = set(suggestion.split()) - set(words.split())
    for one in texts:
        if not missing:
            break
        seen = plain_words(f"{one.title} {one.body[:_LOOKED_THROUGH]}")
        missing -= set(without_accents(seen).split())
    return not missing


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or changed over with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row, last = row, [i], before
        for j, another in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _better(session: Session, wrong: Sequence[str], zone_id: int) -> Mapping[str, str]:
    """For each word that is not known, and is no inflection of one, the nearest known one."""
    session.execute(_LIKE)
    rows = session.execute(_NEIGHBOURS, {"typed": list(wrong), "zone_id": zone_id}).all()
    forms = list(dict.fromkeys([*wrong, *(row.word for row in rows)]))
    stems = dict(zip(forms, map(tuple, stems_of(session, forms)), strict=True))
    found: dict[str, str] = {}
    for word in wrong:
        near = [row for row in rows if row.typed == word]
        if not any(stems[row.word] == stems[word] for row in near) and (best := _best(word, near)):
            found[word] = best
    return found


def _best(word: str, near: Sequence[Any]) -> str:
    """The nearest word, of several the most frequent; empty if none is near enough."""
    most = 1 if len(word) < _LONG else 2
    ranked = sorted((distance(word, row.word), -row.objects, row.word) for row in near)
    return ranked[0][2] if ranked and ranked[0][0] <= most else ""
