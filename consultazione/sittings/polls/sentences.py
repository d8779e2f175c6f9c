"""Sentences about polls: the lines of a tally, and the grounds of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consultazione.sittings.polls.labels import GROUNDS, TALLIES
from consultazione.sittings.polls.tally_keys import Key, headline


def key_name(key: Key, options: Sequence[str]) -> str:
    """Return the label of a tally's key; for an option, its text."""
    if key.word:
        return str(TALLIES.get(key.word, key.word))
    label = options[key.option - 1] if key.option <= len(options) else str(key.option)
    return f"{label} ({key.grade})" if key.grade else label


def grounds_of(result: Mapping[str, Any], options: Sequence[str]) -> str:
    """Return a sentence saying why a poll carried or not, with its numbers and winners."""
    winners = [key_name(Key(0, "", rank, 0), options) for rank in result.get("winners") or ()]
    sentence = str(GROUNDS.get(result["grounds"], result["grounds"]))
    return sentence.format(**(result.get("numbers") or {}), winners=", ".join(winners)).strip()


def counts_of(tally: Mapping[str, int], options: Sequence[str]) -> list[tuple[str, int]]:
    """Return label and count of the lines of a tally that say how a poll ended."""
    return [(key_name(key, options), count) for key, count in headline(tally)]
