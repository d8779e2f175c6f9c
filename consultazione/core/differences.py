"""What changed from one text to another, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A word with the space before it: spaces by themselves would be found everywhere, which costs the
# third power of a text's length.
_WORDS = re.compile(r"\s*(?:[^\s\w]|\w+)|\s+")
# Of equal words in both texts so many pairs are tried: a text of ten pages has a tenth of them.
_MOST_PAIRS = 60_000


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The words of both texts in reading order: what went stands before what came instead.

    Joining what is not new gives the old text, joining what is not gone the new one.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    # In long texts what stands everywhere, such as commas, is no place to begin a search from.
    junk = _everywhere(before, after)
    is_junk = junk.__contains__ if junk else None
    matcher = SequenceMatcher(is_junk, before, after, autojunk=True)
    for change, begin, end, start, stop in matcher.get_opcodes():
        found += _pieces(change == "equal", before[begin:end], after[start:stop])
    return found


def _everywhere(before: list[str], after: list[str]) -> set[str]:
    """The words that stand in both so often that to try all their places takes too long."""
    here, there = Counter(before), Counter(after)
    pairs = {word: count * there[word] for word, count in here.items()}
    tried = sum(pairs.values())
    found = set()
    for word in sorted(pairs, key=pairs.__getitem__, reverse=True):
        if tried <= _MOST_PAIRS:
            break
        found.add(word)
        tried -= pairs[word]
    return found


def _pieces(stays: bool, before: list[str], after: list[str]) -> Iterator[Piece]:
    if stays:
        yield Piece("same", "".join(before))
        return
    if before:
        yield Piece("gone", "".join(before))
    if after:
        yield Piece("new", "".join(after))
