"""What every kind of poll can do; a kind is one small class without state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol


@dataclass(frozen=True)
class Result:
    """Whether a poll carried, and a word that says why (`labels.GROUNDS` has the sentence)."""

    carried: bool
    grounds: str


class PollKind(Protocol):
    """A way to put a question: what may be answered, and when the answer is yes.

    name: how polls and events call the kind. choices: the answers, in the order in
    which they are offered.
    """

    name: ClassVar[str]
    choices: ClassVar[tuple[str, ...]]

    def admits(self, choice: str) -> bool:
        """True if the choice is one of those offered."""

    def tally(self, counted: Mapping[str, int]) -> dict[str, int]:
        """The ballots of every choice, those with none included; in the choices' order."""

    def result(self, tally: Mapping[str, int], *, electorate: int) -> Result:
        """What a tally means against an electorate."""
