"""How far each can go along with a proposal, from full support to a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import OWN_RULE, Result, Terms
from consultazione.sittings.polls.rules import Electorate, Majority


class Consensus:
    """A proposal is taken by consensus if nobody blocks it and more support it than stand aside."""

    name: ClassVar[str] = "consensus"
    takes_options: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("full", "reservations", "aside", "block")
    majorities: ClassVar[frozenset[Majority]] = OWN_RULE

    def read(self, choice: str, terms: Terms) -> str:
        """One of the levels."""
        if choice not in self.words:
            raise ValueError(choice)
        return choice

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """The votes of every level."""
        return {word: counted.get(word, 0) for word in self.words}

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """Consensus, or what stands in its way."""
        support = tally["full"] + tally["reservations"]
        numbers = {"support": support, "aside": tally["aside"], "block": tally["block"]}
        if tally["block"]:
            return Result(False, "blocked", numbers)
        if support <= tally["aside"]:
            return Result(False, "little_support", numbers)
        whole = support == tally["full"] and not tally["aside"]
        return Result(True, "consensus" if whole else "consensus_with_doubts", numbers)
