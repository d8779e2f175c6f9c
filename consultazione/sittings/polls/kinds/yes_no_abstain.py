"""The kind of poll that is answered in favour, against or with an abstention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.kinds.base import ALL_MAJORITIES, Result, Terms
from consultazione.sittings.polls.kinds.words import WordPoll
from consultazione.sittings.polls.rules import Electorate, Majority, majority_base, needed


class YesNoAbstain(WordPoll):
    """A ballot is in favour, against or abstains.

    As in most Italian assemblies, abstentions do not count among the voters; a tie does not
    carry.
    """

    name: ClassVar[str] = "yes_no_abstain"
    words: ClassVar[tuple[str, ...]] = ("yes", "no", "abstain")
    sides: ClassVar[tuple[str, ...]] = ("yes", "no")
    majorities: ClassVar[frozenset[Majority]] = ALL_MAJORITIES

    def result(self, tally: Mapping[str, int], terms: Terms, electorate: Electorate) -> Result:
        """Carry with more votes in favour than against, or with the majority required."""
        in_favour, against = tally["yes"], tally["no"]
        if in_favour == against == 0:
            return Result(False, "only_abstentions")
        if terms.rules.majority is not Majority.SIMPLE:
            return _by_majority(in_favour, in_favour + against, terms, electorate)
        if in_favour == against:
            return Result(False, "tie")
        return Result(in_favour > against, "majority" if in_favour > against else "minority")


def _by_majority(in_favour: int, sides: int, terms: Terms, electorate: Electorate) -> Result:
    least = needed(terms.rules, electorate, sides)
    base = majority_base(terms.rules, electorate, sides)
    numbers = {"votes": in_favour, "needed": least, "of": base}
    carried = in_favour >= least
    return Result(carried, "reached" if carried else "not_reached", numbers)
