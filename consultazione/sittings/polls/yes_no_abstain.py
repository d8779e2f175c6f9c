"""In favour, against, abstained: carried by a simple majority of those who chose a side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from consultazione.sittings.polls.base import Result


class YesNoAbstain:
    """A question answered with yes or no.

    Whoever abstains is not counted among the voters, as in most Italian assemblies; a
    tie does not carry. The electorate is recorded with the result and sets no quorum.
    """

    name: ClassVar[str] = "yes_no_abstain"
    choices: ClassVar[tuple[str, ...]] = ("yes", "no", "abstain")

    def admits(self, choice: str) -> bool:
        """True if the choice is one of those offered."""
        return choice in self.choices

    def tally(self, counted: Mapping[str, int]) -> dict[str, int]:
        """The ballots of every choice, those with none included."""
        return {choice: counted.get(choice, 0) for choice in self.choices}

    def result(self, tally: Mapping[str, int], *, electorate: int) -> Result:
        """Carried if more are in favour than against."""
        in_favour, against = tally["yes"], tally["no"]
        if in_favour == against == 0:
            return Result(False, "only_abstentions" if tally["abstain"] else "no_ballots")
        if in_favour == against:
            return Result(False, "tie")
        return Result(in_favour > against, "majority" if in_favour > against else "minority")
