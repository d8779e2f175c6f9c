"""The kind of poll that chooses several options, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import ALL_MAJORITIES, BLANK, Result, Terms
from consultazione.sittings.polls.kinds.options import by_option, most_voted, ranks_of, votes_of
from consultazione.sittings.polls.rules import Electorate, Majority

CHOSE = "ballots"


class MultipleChoice:
    """A ballot names from `rules.least` to `rules.most` options, or is blank.

    With a simple majority, the option that most ballots name wins; with any other majority,
    every option wins that reaches it.
    """

    name: ClassVar[str] = "multiple_choice"
    takes_options: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (BLANK,)
    sides: ClassVar[tuple[str, ...]] = ()
    majorities: ClassVar[frozenset[Majority]] = ALL_MAJORITIES

    def read(self, choice: str, terms: Terms) -> str:
        """Accept the numbers of options (`1,3`), sorted, or a blank ballot."""
        if choice == BLANK:
            return choice
        ranks = ranks_of(choice, ",", terms)
        if not terms.rules.least <= len(ranks) <= terms.rules.most:
            raise ValueError(choice)
        return ",".join(str(rank) for rank in sorted(ranks))

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """Count the votes of every option, the blank ballots, and the ballots with a choice."""
        blank = counted.get(BLANK, 0)
        chose = sum(counted.values()) - blank
        return {**by_option(counted, terms, ","), BLANK: blank, CHOSE: chose}

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """The option with the most votes carries, or all those that reach the majority."""
        return most_voted(votes_of(tally, terms), tally[CHOSE], terms, electorate)
