"""Puts a ballot's choice into words, whatever the kind of poll; `kinds.base` has the notation.

`static/sittings/tally.js` does the same in the browser; `tests/parity/tally.json` tests both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def said(choice: str, options: Sequence[str], words: Mapping[str, object]) -> str:
    """Return a choice in words: a word, an option, several, an order, or grades.

    words: how the choices that are words are called.
    """
    if choice in words:
        return str(words[choice])
    if "=" in choice:
        pairs = (part.partition("=") for part in choice.split(","))
        return ", ".join(f"{_option(rank, options)}: {grade}" for rank, _, grade in pairs)
    if ">" in choice:
        order = enumerate(choice.split(">"), start=1)
        return ", ".join(f"{place}. {_option(rank, options)}" for place, rank in order)
    return ", ".join(_option(rank, options) for rank in choice.split(","))


def _option(rank: str, options: Sequence[str]) -> str:
    number = int(rank) if rank.isdigit() else 0
    return options[number - 1] if 0 < number <= len(options) else rank
