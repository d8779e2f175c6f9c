"""The keys of a tally: a word, an option, an option's grade, an option in a round.

The counterpart of `static/sittings/tally.js`; `tests/parity/tally.json` holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_WORDS = ("yes", "no", "abstain", "full", "reservations", "aside", "block", "", "blank",
          "exhausted", "ballots")  # fmt: skip


class Key(NamedTuple):
    """What votes are counted under; what does not apply is 0 or empty."""

    round: int
    word: str
    option: int
    grade: int


def parsed(key: str) -> Key:
    """A key as a tally writes it, in its parts."""
    number, _, rest = key.rpartition("/")
    option, _, grade = rest.partition("=")
    if not option.isdigit():
        return Key(int(number or 0), option, 0, 0)
    return Key(int(number or 0), "", int(option), int(grade or 0))


def ordered(tally: Mapping[str, int]) -> list[tuple[Key, int]]:
    """A tally in the order in which it is read; the log and the database keep none."""
    return sorted(((parsed(key), count) for key, count in tally.items()), key=_place)


def headline(tally: Mapping[str, int]) -> list[tuple[Key, int]]:
    """The lines that say how a poll ended: of rounds the last alone, and no single grades."""
    found = ordered(tally)
    last = max((key.round for key, _ in found), default=0)
    return [(key, count) for key, count in found if not key.grade and key.round in (0, last)]


def _place(line: tuple[Key, int]) -> tuple[int, bool, int, int, int]:
    key = line[0]
    rank = _WORDS.index(key.word) if key.word in _WORDS else len(_WORDS)
    return key.round, key.grade > 0, rank, key.option, key.grade
