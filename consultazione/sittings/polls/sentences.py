"""Polls in sentences: what is counted under a key, why a poll ended as it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from consultazione.sittings.polls.labels import GROUNDS, TALLIES
from consultazione.sittings.polls.tally_keys import Key, headline


def key_name(key: Key, options: Sequence[str]) -> str:
    """What is counted under a key of a tally; an option by what it says."""
    if key.word:
        return str(TALLIES.get(key.word, key.word))
    label = options[key.option - 1] if key.option <= len(options) else str(key.option)
    return f"{label} ({key.grade})" if key.grade else label


def grounds_of(result: Mapping[str, Any], options: Sequence[str]) -> str:
    """Why a poll carried or did not, with its numbers and the options that prevailed."""
    winners = [key_name(Key(0, "", rank, 0), options) for rank in result.get("winners") or ()]
    sentence = str(GROUNDS.get(result["grounds"], result["grounds"]))
    return sentence.format(**(result.get("numbers") or {}), winners=", ".join(winners)).strip()


def counts_of(tally: Mapping[str, int], options: Sequence[str]) -> list[tuple[str, int]]:
    """The lines of a tally that say how a poll ended, each with its name."""
    return [(key_name(key, options), count) for key, count in headline(tally)]
