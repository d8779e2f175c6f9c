"""Parses and sorts the keys of a tally; `polls.kinds.base` describes their grammar.

`static/sittings/tally.js` is the counterpart; `tests/parity/tally.json` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_WORDS = ("yes", "no", "abstain", "full", "reservations", "aside", "block", "", "blank",
          "exhausted", "ballots")  # fmt: skip


class Key(NamedTuple):
    """A parsed key of a tally; the parts that it lacks are 0 or empty."""

    round: int
    word: str
    option: int
    grade: int


def parsed(key: str) -> Key:
    """Parse a key."""
    number, _, rest = key.rpartition("/")
    option, _, grade = rest.partition("=")
    if not option.isdigit():
        return Key(int(number or 0), option, 0, 0)
    return Key(int(number or 0), "", int(option), int(grade or 0))


def ordered(tally: Mapping[str, int]) -> list[tuple[Key, int]]:
    """Return a tally's keys and counts in reading order, which JSON in the database loses."""
    return sorted(((parsed(key), count) for key, count in tally.items()), key=_sort_key)


def headline(tally: Mapping[str, int]) -> list[tuple[Key, int]]:
    """Return the lines that say how a poll ended, without earlier rounds and single grades."""
    lines = ordered(tally)
    last = max((key.round for key, _ in lines), default=0)
    return [(key, count) for key, count in lines if not key.grade and key.round in (0, last)]


def _sort_key(line: tuple[Key, int]) -> tuple[int, bool, int, int, int]:
    key = line[0]
    rank = _WORDS.index(key.word) if key.word in _WORDS else len(_WORDS)
    return key.round, key.grade > 0, rank, key.option, key.grade
