"""What is sought and erased: passages in their exact words, and what stands there afterwards.

Whole words are compared, whatever their case, and any white space with any other. Pure: texts
and JSON values in, the same without the passages out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consultazione.core.errors import Invalid
from consultazione.core.log.details import is_details, words_in
from consultazione.core.sentences import LazySentence as _

# Fewer letters stand in too many other words.
LEAST_LETTERS = 3
# What these name in a JSON value is a word of a closed list.
KEYWORDS = frozenset({"block", "kind", "tone"})
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True)
class Passage:
    """Words that are to go, and the mark that takes their place."""

    words: str
    mark: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the words, whole."""
        parts = r"\s+".join(re.escape(part) for part in self.words.split())
        return re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)

    @property
    def key_word(self) -> str:
        """Its longest run of letters: the database looks for this first."""
        return max(_LETTERS.findall(self.words), key=len, default="")


def is_long_enough(words: str) -> bool:
    """True if words can be told from others."""
    return max(map(len, _LETTERS.findall(words)), default=0) >= LEAST_LETTERS


def require_long_enough(words: str, *, field: str) -> str:
    """The words; Invalid on that field if they are too short to be told from others."""
    if not is_long_enough(words):
        raise Invalid.at(field, _("Write more of the words: a passage has three letters at least."))
    return words


def occurrences(text: str, passages: Sequence[Passage]) -> int:
    """How often the passages stand in a text."""
    found = 0
    for passage in passages:
        text, times = passage.pattern.subn(_literally(passage.mark), text)
        found += times
    return found


def occurrences_said(text: str, passages: Sequence[Passage]) -> int:
    """How often they stand in a text of the log, which may be that of several columns."""
    found = occurrences(text, passages)
    if not is_details(text):
        return found
    # As JSON has them, quotes and ends of lines are others than those of a passage.
    return max(found, sum(occurrences(words, passages) for _column, words in words_in(text)))


def without(text: str, passages: Sequence[Passage]) -> str:
    """A text with marks in place of the passages."""
    for passage in passages:
        text = passage.pattern.sub(_literally(passage.mark), text)
    return text


def without_in(value: Any, passages: Sequence[Passage]) -> Any:
    """A JSON value with marks in place of the passages in all its strings; keys stay.

    So do the values of KEYWORDS, by which the software tells parts of documents apart.
    """
    if isinstance(value, str):
        return without(value, passages)
    if isinstance(value, list):
        return [without_in(item, passages) for item in value]
    if isinstance(value, dict):
        return {
            name: item if name in KEYWORDS else without_in(item, passages)
            for name, item in value.items()
        }
    return value


Path = tuple[str | int, ...]


def paths_in(value: Any, passages: Sequence[Passage], at: Path = ()) -> Iterator[tuple[Path, int]]:
    """Where in a JSON value the passages stand, and how often."""
    if isinstance(value, str):
        if times := occurrences(value, passages):
            yield at, times
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths_in(item, passages, (*at, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            if name in KEYWORDS:
                continue
            yield from paths_in(item, passages, (*at, name))


def _literally(mark: str) -> Any:
    return lambda _match: mark
