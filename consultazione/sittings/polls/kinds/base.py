"""What every kind of poll can do; a kind is one small class without state.

A choice is one line of text in the notation of its kind: a word (`yes`), the rank of an
option (`2`), several (`1,3`), grades (`1=5,2=3`) or an order (`3>1>2`); `blank` is a ballot
without a choice. A tally counts votes under keys of one grammar, whatever the kind: a
word, an option (`2`), an option's grade (`2=5`), an option in a round (`1/2`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from consultazione.sittings.polls.rules import Electorate, Majority, Rules

BLANK = "blank"
ALL_MAJORITIES = frozenset(Majority)
OWN_RULE = frozenset({Majority.SIMPLE})


@dataclass(frozen=True)
class Result:
    """Whether a poll carried, and why.

    grounds: a word (`labels.GROUNDS` has the sentence), numbers: what the sentence names.
    winners: the options that prevailed; with a tie, those that are tied.
    """

    carried: bool
    grounds: str
    numbers: dict[str, int] = field(default_factory=dict)
    winners: tuple[int, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What a poll puts to the vote: how many options, by which rules."""

    options: int
    rules: Rules

    @property
    def ranks(self) -> range:
        """The options' numbers, from 1."""
        return range(1, self.options + 1)


class PollKind(Protocol):
    """A way to put a question: what may be answered, and what the answers mean.

    name: how polls and events call the kind. takes_options: whether the question comes
    with options. words: the answers that are words, in the order in which they are
    offered. majorities: the majorities that it can be held to.
    """

    name: ClassVar[str]
    takes_options: ClassVar[bool]
    words: ClassVar[tuple[str, ...]]
    majorities: ClassVar[frozenset[Majority]]

    def read(self, choice: str, terms: Terms) -> str:
        """A choice in its one canonical notation; ValueError if it is not admitted."""

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """The votes under every key, those with none included, in their order.

        counted: votes by canonical choice.
        """

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """What a tally means, once somebody has voted and the quorum is met."""
