"""The kind of poll that asks how far each supports a proposal, down to blocking it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import OWN_RULE, Result, Terms
from consultazione.sittings.polls.kinds.words import WordPoll
from consultazione.sittings.polls.rules import Electorate, Majority


class Consensus(WordPoll):
    """There is consensus if nobody blocks a proposal and more support it than stand aside."""

    name: ClassVar[str] = "consensus"
    words: ClassVar[tuple[str, ...]] = ("full", "reservations", "aside", "block")
    sides: ClassVar[tuple[str, ...]] = ()
    majorities: ClassVar[frozenset[Majority]] = OWN_RULE

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """Consensus carries; `grounds` says what prevents it, or whether some have doubts."""
        support = tally["full"] + tally["reservations"]
        numbers = {"support": support, "aside": tally["aside"], "block": tally["block"]}
        if tally["block"]:
            return Result(False, "blocked", numbers)
        if support <= tally["aside"]:
            return Result(False, "little_support", numbers)
        unanimous = support == tally["full"] and not tally["aside"]
        return Result(True, "consensus" if unanimous else "consensus_with_doubts", numbers)
