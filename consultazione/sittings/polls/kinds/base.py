"""The protocol of the kinds of poll; each kind is a small class without state.

A choice is a line of text in the notation of its kind: a word (`yes`), the number of an
option (`2`), several (`1,3`), grades (`1=5,2=3`) or an order (`3>1>2`); `blank` is a ballot
without a choice. A tally counts votes by keys, in the same grammar for all kinds: a word,
an option (`2`), an option's grade (`2=5`), an option in a round (`1/2`).
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

    grounds: a word, for which `labels.GROUNDS` has the sentence. numbers: what fills the
    sentence in. winners: the numbers of the options that won or, after a tie, are tied.
    """

    carried: bool
    grounds: str
    numbers: dict[str, int] = field(default_factory=dict)
    winners: tuple[int, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The terms of a poll: how many options it offers, and its rules."""

    options: int
    rules: Rules

    @property
    def ranks(self) -> range:
        """The numbers of the options, from 1."""
        return range(1, self.options + 1)


class PollKind(Protocol):
    """A kind of poll: which choices it accepts, and how it counts them.

    name: the kind's name in polls and events. takes_options: whether the question comes with
    options. words: the choices that are words, in the order in which they are offered. sides:
    those of them that take a side, where one side must outvote the other. majorities: those that a
    poll of this kind can require.
    """

    name: ClassVar[str]
    takes_options: ClassVar[bool]
    words: ClassVar[tuple[str, ...]]
    sides: ClassVar[tuple[str, ...]]
    majorities: ClassVar[frozenset[Majority]]

    def read(self, choice: str, terms: Terms) -> str:
        """Return a choice in its canonical notation; ValueError if it is not accepted."""

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """Return the votes by key, in order and with the keys that have none.

        counted: votes by canonical choice.
        """

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """Return the result of a tally; somebody has voted and the poll's quorum is met."""
