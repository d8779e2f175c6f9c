"""Cutting a text into sentences, by the habits of Italian writing."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Shorter ones say too little away from their place, longer ones are no digest.
SHORTEST, LONGEST = 40, 320
_STOP = re.compile(r"[.!?…]+[\"'»”’)\]*_]*(?=\s|$)")
_LIST_MARK = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)]|#{1,6})\s+")
# What another person said, cells of tables, code: no sentences of the author's.
_NOT_SAID = re.compile(r"\s*(?:>|\||```|~~~)")
_WORD_BEFORE = re.compile(r"[^\s(\"«“'’]*$")
# After these a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    {
        "art", "artt", "avv", "cap", "cfr", "co", "comm", "dott", "dottssa", "dr", "ecc", "es",
        "ex", "fig", "geom", "gg", "ing", "lett", "lgs", "min", "nn", "nr", "num", "on", "pag",
        "pagg", "par", "pp", "prof", "profssa", "prot", "rag", "reg", "rif", "sec", "seg", "sez",
        "sig", "sigg", "sigra", "spett", "tab", "tel", "vd", "vol",
    }
)  # fmt: skip
Span = tuple[int, int]


def sentences_of(text: str) -> Iterator[Span]:
    """Where sentences begin and end that can stand alone, in order; marks of lists are left out."""
    place = 0
    for line in text.splitlines(keepends=True):
        if not _NOT_SAID.match(line):
            yield from ((place + start, place + end) for start, end in _of_line(line))
        place += len(line)


def _of_line(line: str) -> Iterator[Span]:
    mark = _LIST_MARK.match(line)
    start = mark.end() if mark else 0
    for stop in _STOP.finditer(line, start):
        if _ends(line, stop):
            yield from _trimmed(line, start, stop.end())
            start = stop.end()
    yield from _trimmed(line, start, len(line))


def _ends(line: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, nor before a small letter."""
    after = line[stop.end() :].lstrip()
    if stop.group()[0] in "!?":
        return True
    if after[:1].islower():
        return False
    found = _WORD_BEFORE.search(line, 0, stop.start())
    word = (found.group() if found else "").replace(".", "").lower()
    is_initial = len(word) == 1 and word.isalpha()
    return not (stop.group() == "." and after and (is_initial or word in _ABBREVIATIONS))


def _trimmed(line: str, start: int, end: int) -> Iterator[Span]:
    said = line[start:end]
    start += len(said) - len(said.lstrip())
    end = start + len(said.strip())
    if SHORTEST <= end - start <= LONGEST:
        yield start, end
