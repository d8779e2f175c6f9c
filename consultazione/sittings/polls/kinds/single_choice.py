"""The kind of poll that chooses one of several options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import ALL_MAJORITIES, BLANK, Result, Terms
from consultazione.sittings.polls.kinds.options import by_option, most_voted, ranks_of, votes_of
from consultazione.sittings.polls.rules import Electorate, Majority


class SingleChoice:
    """A ballot names one option or is blank; the option with the most votes wins."""

    name: ClassVar[str] = "single_choice"
    takes_options: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (BLANK,)
    sides: ClassVar[tuple[str, ...]] = ()
    majorities: ClassVar[frozenset[Majority]] = ALL_MAJORITIES

    def read(self, choice: str, terms: Terms) -> str:
        """Accept the number of an option, or a blank ballot."""
        if choice != BLANK and len(ranks_of(choice, ",", terms)) != 1:
            raise ValueError(choice)
        return choice

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """Count the votes of every option, and the blank ballots."""
        return {**by_option(counted, terms, ","), BLANK: counted.get(BLANK, 0)}

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """The option with the most votes carries, if it reaches the majority required."""
        votes = votes_of(tally, terms)
        return most_voted(votes, sum(votes.values()), terms, electorate)
