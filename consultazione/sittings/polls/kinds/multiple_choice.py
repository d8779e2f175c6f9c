"""Several of several options, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import ALL_MAJORITIES, BLANK, Result, Terms
from consultazione.sittings.polls.kinds.options import by_option, most_voted, ranks_of, votes_of
from consultazione.sittings.polls.rules import Electorate, Majority

CHOSE = "ballots"


class MultipleChoice:
    """A ballot names as many options as the rules admit, or none.

    With a simple majority the option that most ballots name prevails; with any other,
    every option that enough of them name.
    """

    name: ClassVar[str] = "multiple_choice"
    takes_options: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (BLANK,)
    majorities: ClassVar[frozenset[Majority]] = ALL_MAJORITIES

    def read(self, choice: str, terms: Terms) -> str:
        """The numbers of options in their order (`1,3`), or a blank ballot."""
        if choice == BLANK:
            return choice
        ranks = ranks_of(choice, ",", terms)
        if not terms.rules.least <= len(ranks) <= terms.rules.most:
            raise ValueError(choice)
        return ",".join(str(rank) for rank in sorted(ranks))

    def tally(self, counted: Mapping[str, int], terms: Terms) -> dict[str, int]:
        """The votes of every option, the blank ballots, and those that name something."""
        blank = counted.get(BLANK, 0)
        chose = sum(counted.values()) - blank
        return {**by_option(counted, terms, ","), BLANK: blank, CHOSE: chose}

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """The options that prevail."""
        return most_voted(votes_of(tally, terms), tally[CHOSE], terms, electorate)
