"""What somebody typed, as PostgreSQL looks for it: all words, in any inflection.

The last word may be the beginning of one: *assist* finds *assistenza*. Signs are no operators,
so that nothing that is typed is an error; what cannot be seen (marks of direction, controls)
stands in no word and falls away.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consultazione.search.indexing.rekeying import leaves
from consultazione.search.indexing.sealed_stems import sealed, stems_of
from consultazione.search.kinds.base import plain_words

LONGEST = 200
_MOST_WORDS = 12
_LONGEST_WORD = 60
# Shorter beginnings begin too many words.
_SHORTEST_BEGINNING = 3
# The stemmer takes these for verbs: *quartiere* has another stem than *quartieri*.
_ENDINGS = {"are": "ari", "ere": "eri", "ire": "iri"}
_OTHER_ENDING = {**_ENDINGS, **{plural: one for one, plural in _ENDINGS.items()}}


@dataclass(frozen=True)
class Asked:
    """Words to look for.

    query: of PostgreSQL, as text. stems: of each word. whole: the same query without the last
    word, which may be the beginning of very many; empty if there is no other. keyed: for each key
    of the index of comments, the digests of each word, of which one must be there; none if there
    is nothing to look for among comments.
    """

    words: str
    query: str
    whole: str
    stems: list[list[str]]
    keyed: list[list[list[int]]]

    @property
    def is_empty(self) -> bool:
        """True if no word of what was typed is one that is looked for."""
        return not self.query


def ask(session: Session, typed: str) -> Asked:
    """Read what was typed; no more of it than LONGEST characters and twelve words."""
    words = [word[:_LONGEST_WORD] for word in plain_words(typed[:LONGEST]).split()][:_MOST_WORDS]
    line = " ".join(words)
    found = stems_of(session, [f"{word} {_other(word)}" for word in words])
    stems = [(word, list(dict.fromkeys(ones))) for word, ones in zip(words, found, strict=True)]
    told = [(word, ones) for word, ones in stems if ones]
    each = [f"({_alternatives(word, ones, line)})" for word, ones in told]
    keyed = [[sealed(session, leaf, ones) for _word, ones in told] for leaf in leaves(session)]
    return Asked(
        words=line,
        query=" & ".join(each),
        whole=" & ".join(each[:-1]),
        stems=[ones for _word, ones in told],
        keyed=keyed if told else [],
    )


def quoted(stem: str) -> str:
    """A stem as a query of PostgreSQL has it, whatever signs are in it."""
    escaped = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _alternatives(word: str, stems: list[str], line: str) -> str:
    whole = " | ".join(map(quoted, stems))
    if len(word) < _SHORTEST_BEGINNING or not line.endswith(word):
        return whole
    return f"{whole} | {quoted(without_accents(word))}:*"


def _other(word: str) -> str:
    """The same word in the other number, where the stemmer does not see that; else nothing."""
    ending = _OTHER_ENDING.get(word[-3:].lower())
    return word[:-3] + ending if ending else ""


def without_accents(word: str) -> str:
    """The same in small letters without accents, as the index has it."""
    split = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in split if not unicodedata.combining(sign))
